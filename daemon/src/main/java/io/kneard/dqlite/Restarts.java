package io.kneard.dqlite;

import java.time.Duration;

/**
 * How long to wait before the next start: short at first, twice as long after each further failure,
 * and short again after a long good run.
 */
final class Restarts {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration GOOD_RUN = Duration.ofSeconds(30);

  private Duration next = SHORTEST;

  /** After a run that ended by itself. */
  Duration after(Duration run) {
    if (run.compareTo(GOOD_RUN) >= 0) {
      next = SHORTEST;
    }
    Duration wait = next;
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return wait;
  }
}
