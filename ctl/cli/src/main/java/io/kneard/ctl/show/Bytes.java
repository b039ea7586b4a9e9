package io.kneard.ctl.show;

import java.util.Locale;

/** Sizes as people read them; units of 1024. */
final class Bytes {
  private static final String[] UNITS = {"B", "K", "M", "G", "T", "P", "E"};
  private static final int STEP = 1024;

  private Bytes() {}

  static String of(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    boolean whole = value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f%s" : "%.1f%s", value, UNITS[unit]);
  }
}
