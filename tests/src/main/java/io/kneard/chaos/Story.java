package io.kneard.chaos;

import java.io.PrintStream;
import java.util.Locale;

/** What happened when, for people. */
final class Story {
  private final PrintStream out;
  private final long begin = System.nanoTime();

  Story(PrintStream out) {
    this.out = out;
  }

  synchronized void say(String where, String format, Object... values) {
    double now = (System.nanoTime() - begin) / 1e9;
    out.printf(
        Locale.ROOT, "%8.2f s  %-7s %s%n", now, where, String.format(Locale.ROOT, format, values));
  }
}
