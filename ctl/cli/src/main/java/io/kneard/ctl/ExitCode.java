package io.kneard.ctl;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.api.NoAnswer;
import io.kneard.ctl.api.Problem;

/** What kneardctl ends with. Scripts rely on these numbers: they never change their meaning. */
public enum ExitCode {
  OK(0, "Done, or the answer was shown."),
  FAILED(1, "The daemon refused, or what was asked for failed."),
  USAGE(2, "The command line is wrong."),
  UNREACHABLE(3, "The daemon is not there, is too busy, or gave no usable answer."),
  NOT_PERMITTED(4, "The caller may not use the control socket."),
  UPSTREAM(5, "neard or the lock store did not do its part."),
  TIMED_OUT(6, "The time ran out while waiting; what was asked for may still happen."),
  NOT_FIT(7, "check found an error."),
  INTERRUPTED(130, "Ended by Ctrl-C.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number. */
  public int code() {
    return code;
  }

  /** One sentence for the help and the manual. */
  public String meaning() {
    return meaning;
  }

  static ExitCode of(ControlException e) {
    if (e instanceof DaemonUnreachable unreachable) {
      return switch (unreachable.reason()) {
        case NOT_PERMITTED -> NOT_PERMITTED;
        case NO_SOCKET, NOT_LISTENING, NOT_A_SOCKET, NOT_ACCEPTING -> UNREACHABLE;
      };
    }
    if (e instanceof NoAnswer none) {
      return switch (none.kind()) {
        case TIMED_OUT -> TIMED_OUT;
        case BROKEN -> UNREACHABLE;
        case INTERRUPTED -> INTERRUPTED;
      };
    }
    return of(((ControlProblem) e).problem().code());
  }

  private static ExitCode of(String problem) {
    return switch (problem) {
      case Problem.BAD_REQUEST -> USAGE;
      case Problem.FORBIDDEN -> NOT_PERMITTED;
      case Problem.UPSTREAM -> UPSTREAM;
      case Problem.BUSY -> UNREACHABLE;
      default -> FAILED;
    };
  }
}
