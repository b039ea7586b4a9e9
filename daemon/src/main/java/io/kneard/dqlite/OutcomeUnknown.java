package io.kneard.dqlite;

/**
 * The request was sent, and it is not known whether it had its effect: the leadership was lost or
 * the connection broke before the answer. It may also still have it. Look before it is made again.
 */
public final class OutcomeUnknown extends DqliteException {
  private static final long serialVersionUID = 1;

  OutcomeUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
