package io.kneard.lock;

/** The outcome of opening a session. */
public sealed interface Opening {
  /** The store has made the session. */
  record Opened(String session) implements Opening {}

  /** The store answered and said no: a setting or a permission is wrong. */
  record Refused(String why) implements Opening {}

  /** No answer, or one that says nothing about the session; try again. */
  record Unreachable(String why) implements Opening {}
}
