package io.kneard.simulation;

import io.kneard.lock.LockTiming;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which settings are simulated. */
enum Config {
  /** One of those below, by chance. */
  MIXED,
  REFERENCE,
  FAST,
  /** As close to the inequality as the settings allow. */
  TIGHT,
  /** Bound to the node's check, with the lock delay that this needs. */
  NODE_CHECK,
  /** The algorithm of the original instead of this daemon's. */
  ORIGINAL,
  /** The lock in the cluster's own database, with the settings of one of those below. */
  EMBEDDED,
  EMBEDDED_REFERENCE,
  EMBEDDED_FAST,
  EMBEDDED_TIGHT,
  /** The same with the reference settings on every other host and the fast ones on the rest. */
  EMBEDDED_TWO_PROFILES;

  private static final LockTiming EDGE = timing(10_000, 6_000, 3_999, 0, false);
  private static final LockTiming CHECKED = timing(30_000, 10_000, 4_000, 14_001, true);

  /** Those of all hosts, or the slowest of them. */
  LockTiming timing() {
    return switch (this) {
      case MIXED, REFERENCE, ORIGINAL, EMBEDDED, EMBEDDED_REFERENCE, EMBEDDED_TWO_PROFILES ->
          LockTiming.REFERENCE;
      case FAST -> LockTiming.FAST;
      case EMBEDDED_FAST -> LockTiming.FAST_EMBEDDED;
      case TIGHT, EMBEDDED_TIGHT -> EDGE;
      case NODE_CHECK -> CHECKED;
    };
  }

  private static LockTiming timing(
      long ttl, long stopAfter, long fenceBound, long lockDelay, boolean nodeCheck) {
    return new LockTiming(
        Duration.ofMillis(ttl),
        Duration.ofMillis(stopAfter),
        Duration.ofMillis(fenceBound),
        Duration.ofMillis(lockDelay),
        nodeCheck);
  }

  /** Whether the lock is in the cluster's database. */
  boolean embedded() {
    return switch (this) {
      case EMBEDDED, EMBEDDED_REFERENCE, EMBEDDED_FAST, EMBEDDED_TIGHT, EMBEDDED_TWO_PROFILES ->
          true;
      case MIXED, REFERENCE, FAST, TIGHT, NODE_CHECK, ORIGINAL -> false;
    };
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Config> named(String title) {
    return Arrays.stream(values()).filter(each -> each.title().equals(title)).findFirst();
  }

  /** What {@link #MIXED} stands for in one schedule. */
  Config drawn(Chance chance) {
    if (this != MIXED && this != EMBEDDED) {
      return this;
    }
    int of = chance.below(10);
    if (this == EMBEDDED) {
      return of < 3
          ? EMBEDDED_FAST
          : of < 5 ? EMBEDDED_REFERENCE : of < 8 ? EMBEDDED_TIGHT : EMBEDDED_TWO_PROFILES;
    }
    return of < 4 ? FAST : of < 7 ? REFERENCE : of < 9 ? TIGHT : NODE_CHECK;
  }
}
