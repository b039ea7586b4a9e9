package io.kneard.ctl.api;

import java.time.Duration;

/** A point on the monotonic clock by which something must have happened. */
record Deadline(long atNanos, Duration whole) {

  static Deadline in(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time-out = " + time + ": more than zero");
    }
    return new Deadline(System.nanoTime() + time.toNanos(), time);
  }

  /** Milliseconds left, rounded up; 0 once it has passed. */
  long leftMillis() {
    long left = atNanos - System.nanoTime();
    return left <= 0 ? 0 : (left + 999_999) / 1_000_000;
  }
}
