package io.kneard.dqlite;

import java.time.Duration;

/** A moment on the monotonic clock until which something may take. */
record Deadline(long nanos) {
  static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** This one, or the one after that time if it is earlier. */
  Deadline orAfter(Duration time) {
    return remaining().compareTo(time) < 0 ? this : after(time);
  }
}
