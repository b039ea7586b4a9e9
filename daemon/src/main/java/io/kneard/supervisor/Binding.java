package io.kneard.supervisor;

import java.time.Duration;

/**
 * A replicated volume that goes with the validator.
 *
 * @param volume its name
 * @param attachTimeout how long a promotion waits for it, from when the lock was taken
 * @param goOn whether this host then signs without it, instead of giving the lock up
 * @param lossLimit how long the key stays in the process while the volume cannot be used
 */
public record Binding(String volume, Duration attachTimeout, boolean goOn, Duration lossLimit) {
  /** How long a daemon that ends waits for its volume to be detached. */
  static final Duration FAREWELL = Duration.ofSeconds(5);
}
