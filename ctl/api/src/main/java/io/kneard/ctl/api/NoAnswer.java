package io.kneard.ctl.api;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection came about and no usable answer did. What was asked for may have been done all the
 * same.
 */
public final class NoAnswer extends ControlException {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Kind {
    /** The time ran out. */
    TIMED_OUT,
    /** The connection ended early, or what came is not an answer of this contract. */
    BROKEN,
    /** The calling thread was interrupted; its interrupt flag is still set. */
    INTERRUPTED
  }

  private final Kind kind;

  private NoAnswer(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why there is no answer. */
  public Kind kind() {
    return kind;
  }

  static NoAnswer timedOut(Path socket, Duration waited) {
    return new NoAnswer(
        Kind.TIMED_OUT,
        "The daemon at "
            + socket
            + " did not answer within "
            + seconds(waited)
            + ". It may hang: look at its log (journalctl -u kneard-java).",
        null);
  }

  static NoAnswer broken(Path socket, String what, Throwable cause) {
    return new NoAnswer(
        Kind.BROKEN,
        "No usable answer from "
            + socket
            + ": "
            + what
            + ". The daemon may have ended, or this is another program's socket.",
        cause);
  }

  static NoAnswer interrupted(Path socket) {
    return new NoAnswer(
        Kind.INTERRUPTED, "Interrupted while waiting for the daemon at " + socket + ".", null);
  }

  static String seconds(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
