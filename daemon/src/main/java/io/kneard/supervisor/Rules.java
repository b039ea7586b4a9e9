package io.kneard.supervisor;

import io.kneard.lock.LockTiming;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the state machine.
 *
 * @param timing when the lock can move, and when signing must have ended
 * @param nodeId this host
 * @param publicKey of the validator key, as {@code /status} shows it
 * @param promotion how to promote first; a hot promotion that is not confirmed falls back to a
 *     restart
 * @param statusInterval between two requests of {@code /status}; reference: 1 s
 * @param statusFailures uninterrupted failures that make neard count as gone; reference: 3
 * @param startTimeout how long {@code /status} may take to answer after a start
 * @param startAttempts starts in a row without an answer before the daemon ends; 0: never
 * @param stopTimeout from SIGTERM to SIGKILL for a neard without a key
 * @param promotionTimeout for a hot promotion to be confirmed
 * @param binding the volume that goes with the validator; empty: there is none
 */
public record Rules(
    LockTiming timing,
    String nodeId,
    String publicKey,
    Promotion promotion,
    Duration statusInterval,
    int statusFailures,
    Duration startTimeout,
    int startAttempts,
    Duration stopTimeout,
    Duration promotionTimeout,
    Optional<Binding> binding) {

  /** Between two looks at {@code /status} while a key goes in or out. */
  static final long SWAP_INTERVAL = Duration.ofMillis(20).toNanos();

  /** Between two attempts at something the lock store did not answer. */
  static final long LOCK_RETRY = Duration.ofMillis(500).toNanos();

  /** Longest pause between two attempts to start neard; they begin at 1 s and double. */
  static final long START_BACKOFF_MAX = Duration.ofSeconds(30).toNanos();

  /** How long after a planned handover this host leaves the lock to the others. */
  public static final Duration HANDOVER = Duration.ofSeconds(10);

  /** How long the fence may take to acknowledge a deadline before it counts as hung. */
  static final long FENCE_PATIENCE = Duration.ofSeconds(2).toNanos();

  /** How long a daemon that ends waits for the lock store to take its session back. */
  static final long FAREWELL = Duration.ofSeconds(5).toNanos();

  /** How far past the planned height the head may be before the stop counts as missed. */
  static final long MISSED_AFTER_BLOCKS = 20;

  /** No chain is faster, in blocks a second: how far a head may be from where it was last seen. */
  static final long FASTEST_CHAIN = 10;

  /** How long a daemon that ends as planned goes on telling those who wait for it. */
  static final long LAST_WORD = Duration.ofSeconds(2).toNanos();

  long stopAfter() {
    return timing.stopAfter().toNanos();
  }

  /**
   * The fence's deadline for a session whose last acknowledged renewal was sent at {@code basis}.
   */
  long deadline(long basis) {
    return basis + timing.killAfter().toNanos();
  }

  /** How long a stop with a key in the process may take, when nothing else presses. */
  long fenceBound() {
    return timing.fenceBound().minus(LockTiming.KILL_RESERVE).toNanos();
  }

  /** How long an orderly end may take: the key out, neard stopped, the session taken back. */
  public Duration stopWithin() {
    Duration volume = binding.map(it -> Binding.FAREWELL).orElse(Duration.ZERO);
    return timing.fenceBound().plus(stopTimeout).plusNanos(FAREWELL).plus(volume);
  }

  /** A view of neard older than this says nothing about now. */
  long viewLifetime() {
    return statusInterval.toNanos() * statusFailures;
  }

  long backoff(int attempts) {
    long second = Duration.ofSeconds(1).toNanos();
    return Math.min(second << Math.min(Math.max(attempts - 1, 0), 10), START_BACKOFF_MAX);
  }
}
