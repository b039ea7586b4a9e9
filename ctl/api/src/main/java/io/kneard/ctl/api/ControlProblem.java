package io.kneard.ctl.api;

/** The daemon answered that it did not do what was asked for, and why. */
public final class ControlProblem extends ControlException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Problem problem;

  ControlProblem(int status, Problem problem) {
    super(problem.message(), null);
    this.status = status;
    this.problem = problem;
  }

  /** The HTTP status, 400 or more. */
  public int status() {
    return status;
  }

  /** The daemon's own words. */
  public Problem problem() {
    return problem;
  }
}
