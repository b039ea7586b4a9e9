package io.kneard.simulation;

import java.util.SplittableRandom;

/** Everything that is left to chance in a schedule, from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** Another source, so that what one part draws does not change what another gets. */
  Chance split() {
    return new Chance(random.split());
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Evenly between two times; both may be drawn. */
  long between(long low, long high) {
    return low >= high ? low : random.nextLong(low, high + 1);
  }

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** Between two times, each power of ten as likely as the next. */
  long scaled(long low, long high) {
    return (long) (low * Math.pow((double) high / low, random.nextDouble()));
  }

  <T> T of(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
