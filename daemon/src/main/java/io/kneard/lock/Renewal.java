package io.kneard.lock;

/** The outcome of renewing a session. */
public sealed interface Renewal {
  /** The store has restarted the session's clock, after the request was sent. */
  record Renewed() implements Renewal {}

  /** The store says that there is no such session: the lock may have moved. */
  record Gone() implements Renewal {}

  /** No answer, or one that says nothing about the session; try again. */
  record Unreachable(String why) implements Renewal {}
}
