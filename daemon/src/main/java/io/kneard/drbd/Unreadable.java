package io.kneard.drbd;

/** A tool said something that cannot be understood: garbage, or an answer that was cut short. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreadable(String what, Throwable cause) {
    super(what, cause);
  }

  Unreadable(String what) {
    super(what);
  }
}
