package io.kneard.chaos;

import io.kneard.standin.Chain;
import java.io.PrintStream;
import java.util.Locale;

/** What happened when, for people. */
final class Story {
  private final PrintStream out;
  private final long begin = Chain.uptimeMillis();

  Story(PrintStream out) {
    this.out = out;
  }

  synchronized void say(String where, String format, Object... values) {
    out.printf(
        Locale.ROOT,
        "%8.2f s  %-7s %s%n",
        at(Chain.uptimeMillis()),
        where,
        String.format(Locale.ROOT, format, values));
  }

  /** When that was in this story, in seconds, by the clock of the ledger. */
  double at(long uptimeMillis) {
    return (uptimeMillis - begin) / 1000.0;
  }
}
