package io.kneard.simulation;

import java.util.Locale;

/** Units of virtual time, in nanoseconds. */
final class Times {
  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private Times() {}

  static String text(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
