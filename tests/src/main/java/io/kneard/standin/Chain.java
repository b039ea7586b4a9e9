package io.kneard.standin;

import java.time.Clock;

/**
 * The chain that all stand-ins agree on without talking: the height is a function of the time.
 *
 * @param blockMillis time from one block to the next
 */
record Chain(long blockMillis, Clock clock) {
  private static final long GENESIS_MILLIS = 1_700_000_000_000L;

  long height() {
    return (clock.millis() - GENESIS_MILLIS) / blockMillis;
  }
}
