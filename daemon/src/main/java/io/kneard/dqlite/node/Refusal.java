package io.kneard.dqlite.node;

/** The node must not run before somebody has looked: trying again would not help, or would harm. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }
}
