package io.kneard.lock;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When the lock can move and when signing must have ended (design: "Failover: safety first").
 *
 * <p>All counts start when the last acknowledged renewal was <em>sent</em>. The constructor holds
 * the safety inequality {@code stopAfter + fenceBound < earliest moment the lock can move}: the TTL
 * for a session without checks; with a bound node check, which may fail at any moment, the lock
 * delay.
 *
 * @param ttl how long the store keeps a session that is not renewed, at least
 * @param stopAfter without a renewal for so long the holder begins to stop signing
 * @param fenceBound how long the stop may take until the fence has killed neard
 * @param lockDelay how long the store keeps a lock closed after it invalidated its session
 * @param nodeCheck whether the session is bound to the store's check of the node (serfHealth)
 */
public record LockTiming(
    Duration ttl, Duration stopAfter, Duration fenceBound, Duration lockDelay, boolean nodeCheck) {

  /**
   * The last part of the fence bound, in which the fence has already sent SIGKILL. It pays for what
   * is not instantaneous: the fence's tick, the scheduler, the resolution of {@code /proc/uptime},
   * the drift of the clocks, and an uptime that stands still for too short a time to be noticed.
   */
  public static final Duration KILL_RESERVE = Duration.ofMillis(500);

  /** The original's numbers. */
  public static final LockTiming REFERENCE = withoutNodeCheck(30, 20, 5);

  /** The shortest that Consul's smallest TTL allows. */
  public static final LockTiming FAST = withoutNodeCheck(10, 6, 3);

  /**
   * For the lock in the cluster's own database, which takes any TTL and lets go when it has passed:
   * another host signs 8 s after the loss of the one that did, at most. To stop after 4 s leaves
   * room for an election in the database, 0.6 s, and a call that it cuts short, 2 s.
   */
  public static final LockTiming FAST_EMBEDDED =
      new LockTiming(
          Duration.ofSeconds(7),
          Duration.ofSeconds(4),
          Duration.ofMillis(2500),
          Duration.ZERO,
          false);

  public LockTiming {
    problem(ttl, stopAfter, fenceBound, lockDelay, nodeCheck)
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(text);
            });
  }

  /** What is wrong with these times, as a sentence with values and wish; empty if they are safe. */
  public static Optional<String> problem(
      Duration ttl,
      Duration stopAfter,
      Duration fenceBound,
      Duration lockDelay,
      boolean nodeCheck) {
    if (stopAfter.compareTo(Duration.ofMillis(500)) < 0) {
      return Optional.of("lock.stop-after = " + seconds(stopAfter) + ": at least 0.5s");
    }
    if (fenceBound.compareTo(KILL_RESERVE.multipliedBy(2)) < 0) {
      return Optional.of(
          "lock.fence-bound = "
              + seconds(fenceBound)
              + ": at least "
              + seconds(KILL_RESERVE.multipliedBy(2)));
    }
    if (lockDelay.isNegative() || lockDelay.compareTo(Duration.ofSeconds(60)) > 0) {
      return Optional.of("lock.lock-delay = " + seconds(lockDelay) + ": between 0s and 60s");
    }
    Duration moves = nodeCheck ? lockDelay : ttl;
    if (stopAfter.plus(fenceBound).compareTo(moves) >= 0) {
      return Optional.of(
          "lock.stop-after + lock.fence-bound = %s + %s = %s: has to be less than %s, the earliest moment the lock can move (%s)"
              .formatted(
                  seconds(stopAfter),
                  seconds(fenceBound),
                  seconds(stopAfter.plus(fenceBound)),
                  seconds(moves),
                  nodeCheck ? "lock.lock-delay, because lock.node-check is set" : "lock.ttl"));
    }
    return Optional.empty();
  }

  /** How often to renew: three attempts fit in before the holder has to stop. */
  public Duration renewEvery() {
    return stopAfter.dividedBy(3);
  }

  /** When the fence sends SIGKILL, counted from the sending of the last acknowledged renewal. */
  public Duration killAfter() {
    return stopAfter.plus(fenceBound).minus(KILL_RESERVE);
  }

  /** Without a renewal for so long the holder has stopped signing. */
  public Duration quietAfter() {
    return stopAfter.plus(fenceBound);
  }

  private static LockTiming withoutNodeCheck(int ttl, int stopAfter, int fenceBound) {
    return new LockTiming(
        Duration.ofSeconds(ttl),
        Duration.ofSeconds(stopAfter),
        Duration.ofSeconds(fenceBound),
        Duration.ZERO,
        false);
  }

  private static String seconds(Duration duration) {
    String text = String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    return text.replaceFirst("\\.?0+$", "") + "s";
  }
}
