package io.kneard.dqlite;

/**
 * A request that did not succeed. The type says what is known of its effect, which is what decides
 * whether it may be made again.
 */
public abstract sealed class DqliteException extends Exception
    permits RequestFailed, NotLeader, NodeUnreachable, OutcomeUnknown {
  private static final long serialVersionUID = 1;

  DqliteException(String message, Throwable cause) {
    super(message, cause);
  }
}
