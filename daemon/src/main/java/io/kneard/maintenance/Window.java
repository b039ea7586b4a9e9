package io.kneard.maintenance;

/**
 * Heights at which the validator has nothing to produce, all in one epoch.
 *
 * @param start the first height
 * @param end the first height after it
 */
public record Window(long start, long end) {
  /** Refuses a window without a height in it. */
  public Window {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "window from %d to %d: a start from 0 and an end after it".formatted(start, end));
    }
  }
}
