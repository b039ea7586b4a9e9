package io.kneard.ctl.api;

import java.io.IOException;

/**
 * A call of the control socket did not bring what was asked for. The message is one or two
 * sentences for people: what is wrong and what to do.
 */
public abstract sealed class ControlException extends IOException
    permits DaemonUnreachable, ControlProblem, NoAnswer {
  private static final long serialVersionUID = 1L;

  ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
