package io.kneard.simulation;

import io.kneard.lock.LockTiming;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** The world of one schedule as it is without any fault: its hosts, settings and speeds. */
final class Setup {
  static final String PUBLIC_KEY = "ed25519:ours";

  /** The length of a schedule. */
  static final long LENGTH = 600 * Times.SECOND;

  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(1);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(40);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration PROMOTION_TIMEOUT = Duration.ofSeconds(3);
  private static final int STATUS_FAILURES = 3;
  private static final long PPM = 500;

  final Config config;
  final LockTiming timing;
  final int hosts;

  /** Whether a service manager looks after the daemons, as with the unit that ships. */
  final boolean managed;

  private final Promotion promotion;
  private final long networkBase;
  private final double shortest;
  private final double longest;
  private final long storePpm;
  private final long start;
  private final Chance chance;

  Setup(Config asked, Chance chance) {
    this.chance = chance;
    this.config = asked.drawn(chance);
    this.timing = config.timing();
    int size = chance.below(20);
    int few = config.embedded() ? 3 : 11; // with two, one has the database alone
    this.hosts = size < few ? 2 : size < 17 ? 3 : size < 19 ? 4 : 5;
    this.promotion = chance.happens(0.25) ? Promotion.RESTART : Promotion.HOT;
    this.networkBase = chance.scaled(100 * Times.MICRO, 30 * Times.MILLI);
    int expiry = chance.below(10);
    this.shortest = expiry < 9 ? 1 : 2;
    this.longest = expiry < 5 ? 1 : 2;
    this.storePpm = chance.between(-PPM, PPM);
    this.start = chance.scaled(500 * Times.MILLI, 5 * Times.SECOND);
    this.managed = chance.happens(0.5) && config != Config.ORIGINAL;
  }

  /** Those of one host. */
  LockTiming timing(int host) {
    return hostsDiffer() && host % 2 == 1 ? LockTiming.FAST_EMBEDDED : timing;
  }

  /** Whether not all hosts have the same settings. */
  boolean hostsDiffer() {
    return config == Config.EMBEDDED_TWO_PROFILES;
  }

  HostClock clock() {
    return new HostClock(
        chance.between(Times.SECOND, 1_000_000 * Times.SECOND), chance.between(-PPM, PPM));
  }

  Rules rules(Host host) {
    return new Rules(
        timing(host.index),
        host.name,
        PUBLIC_KEY,
        promotion,
        STATUS_INTERVAL,
        STATUS_FAILURES,
        START_TIMEOUT,
        0,
        STOP_TIMEOUT,
        PROMOTION_TIMEOUT,
        Optional.empty());
  }

  ConsulModel.Terms terms() {
    return config == Config.ORIGINAL
        ? OriginalDaemon.TERMS
        : new ConsulModel.Terms(
            timing.ttl().toNanos(), timing.lockDelay().toNanos(), true, timing.nodeCheck());
  }

  /** Anywhere between the TTL, on the store's clock, and twice that. */
  LongUnaryOperator expiry() {
    return ttl -> {
      long promised = ttl - ttl / 1_000_000 * storePpm;
      return (long) (promised * chance.between(shortest, longest));
    };
  }

  long statusTimeout() {
    return 2 * Times.SECOND;
  }

  /** As the daemon sets it: two seconds, less if renewals are more frequent. */
  long requestTimeout() {
    return Math.min(2 * Times.SECOND, timing.renewEvery().toNanos());
  }

  long networkTime(Chance each) {
    return networkBase + each.between(0, networkBase);
  }

  long killTime() {
    return chance.scaled(200 * Times.MICRO, 50 * Times.MILLI);
  }

  long stopTime() {
    return chance.scaled(100 * Times.MILLI, 3 * Times.SECOND);
  }

  long startTime() {
    return start + chance.between(0, start / 2);
  }

  /** After this nothing goes wrong any more. */
  long calmFrom() {
    return LENGTH - recovery() - 10 * Times.SECOND;
  }

  /**
   * Within how long of the last fault's end somebody signs, from the settings: the session of a
   * holder that is gone expires, or a host stops its neard and starts it again, whatever takes
   * longer; then a look at the lock that nobody answers ends, an earlier holder has certainly
   * stopped or a wish for another host ends, and the key goes in, by a restart if need be.
   */
  long recovery() {
    long expires = 2 * timing.ttl().toNanos() + timing.lockDelay().toNanos();
    long neardStarts = 2 * start + Times.SECOND;
    long backoff = 30 * Times.SECOND;
    long restarts = STOP_TIMEOUT.toNanos() + backoff + 10 * Times.SECOND + neardStarts;
    long look = 22 * Times.SECOND + 2 * Times.SECOND;
    long promotion = PROMOTION_TIMEOUT.toNanos() + 2 * neardStarts;
    long quiet = Math.max(timing.quietAfter().toNanos(), Rules.HANDOVER.toNanos());
    long databaseOpens = config.embedded() ? 15 * Times.SECOND + Exchange.LONGEST_SILENCE : 0;
    return Math.max(expires, restarts) + look + quiet + promotion + databaseOpens;
  }
}
