package io.kneard.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long many equal things took. */
final class Times {
  private static final double MILLI = 1e6;

  private final long[] nanos;

  /** Takes the array over. */
  Times(long... nanos) {
    this.nanos = nanos;
    Arrays.sort(nanos);
  }

  /** Median, 99th percentile, mean and worst, in milliseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %6.2f ms  p99 %6.2f ms  mean %6.2f ms  worst %7.2f ms  of %d",
        at(0.5),
        at(0.99),
        Arrays.stream(nanos).average().orElse(Double.NaN) / MILLI,
        at(1),
        nanos.length);
  }

  private double at(double part) {
    return nanos[(int) Math.min(nanos.length - 1, (long) (part * nanos.length))] / MILLI;
  }
}
