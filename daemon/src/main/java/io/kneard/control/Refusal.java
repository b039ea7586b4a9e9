package io.kneard.control;

import io.kneard.ctl.api.Problem;

/** A request is not carried out; nothing was changed unless the message says so. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int httpStatus;
  private final transient Problem problem;

  /**
   * @param httpStatus 400 or more; {@link Problem} names the one for each code
   */
  public Refusal(int httpStatus, Problem problem) {
    super(problem.message(), null, false, false); // an answer, not a mistake: no stack trace
    if (httpStatus < 400 || httpStatus > 599) {
      throw new IllegalArgumentException("httpStatus = " + httpStatus + ": 400 to 599");
    }
    this.httpStatus = httpStatus;
    this.problem = problem;
  }

  /** 409: not in this state; the message names the state. */
  public static Refusal wrongState(String message) {
    return new Refusal(409, new Problem(Problem.WRONG_STATE, message));
  }

  /** 409: not now; the message says why and what to do. */
  public static Refusal refused(String message) {
    return new Refusal(409, new Problem(Problem.REFUSED, message));
  }

  /** 400: the request is wrong. */
  public static Refusal badRequest(String message) {
    return new Refusal(400, new Problem(Problem.BAD_REQUEST, message));
  }

  /** 502: neard or the lock store did not do its part. */
  public static Refusal upstream(String message) {
    return new Refusal(502, new Problem(Problem.UPSTREAM, message));
  }

  /** 503: the daemon is starting, stopping, or has too much to do. */
  public static Refusal busy(String message) {
    return new Refusal(503, new Problem(Problem.BUSY, message));
  }

  /** The HTTP status of the answer. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The body of the answer. */
  public Problem problem() {
    return problem;
  }
}
