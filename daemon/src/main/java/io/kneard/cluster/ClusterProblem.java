package io.kneard.cluster;

/** What was asked of the cluster was not done; the message says why. */
public final class ClusterProblem extends Exception {
  private static final long serialVersionUID = 1;

  /** What is asked for does not go with how things are. */
  static final int CONFLICT = 409;

  private final int status;

  /**
   * A refusal or failure.
   *
   * @param status the HTTP status that says it
   */
  public ClusterProblem(int status, String message) {
    super(message, null, false, false); // an answer, not a mistake: no stack trace
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  static ClusterProblem wrong(String message) {
    return new ClusterProblem(400, message);
  }

  static ClusterProblem unavailable(String message) {
    return new ClusterProblem(503, message);
  }

  /** 502: another member did not answer, or not as it should. */
  static ClusterProblem unreachable(String message) {
    return new ClusterProblem(502, message);
  }
}
