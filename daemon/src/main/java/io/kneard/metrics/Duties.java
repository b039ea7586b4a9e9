package io.kneard.metrics;

import java.util.OptionalDouble;

/**
 * How the validator does in the current epoch.
 *
 * @param blocks its blocks
 * @param chunks its chunks
 */
public record Duties(Share blocks, Share chunks) {

  /** Produced so far, of those expected so far; both empty if neard does not say. */
  public record Share(OptionalDouble produced, OptionalDouble expected) {

    /** Empty as long as nothing is expected. */
    public OptionalDouble ratio() {
      return produced.isPresent() && expected.isPresent() && expected.getAsDouble() > 0
          ? OptionalDouble.of(produced.getAsDouble() / expected.getAsDouble())
          : OptionalDouble.empty();
    }
  }
}
