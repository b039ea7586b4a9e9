package io.kneard.lock;

/** The outcome of releasing the lock or of destroying a session. */
public sealed interface Ending {
  /** It is so, now or already before. */
  record Done() implements Ending {}

  /** No answer, or one that says nothing; try again. */
  record Unreachable(String why) implements Ending {}
}
