package io.kneard.drbd;

/** A backing volume cannot be had as it is wanted. The message says which and why. */
public final class StorageProblem extends Exception {
  private static final long serialVersionUID = 1L;

  StorageProblem(String message) {
    super(message);
  }

  StorageProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
