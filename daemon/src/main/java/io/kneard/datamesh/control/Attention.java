package io.kneard.datamesh.control;

import java.time.Duration;

/**
 * How closely to watch a database that tells nobody of its changes: closely for a while after each
 * one, and hardly at all when nothing has happened for long. For any number of threads.
 */
public final class Attention {
  /** From one look to the next while something happens. */
  public static final Duration CLOSE = Duration.ofMillis(25);

  /** So long after the last change it is still watched closely. */
  static final Duration AWAKE = Duration.ofSeconds(3);

  /** From one look to the next at rest: a net below what others tell. */
  public static final Duration REST = Duration.ofSeconds(2);

  private volatile long awakeUntil;

  /**
   * Who is woken waits so long before it looks: what comes in a row is then seen at once, and many
   * changes are stored in one transaction.
   */
  public static final Duration GATHER = Duration.ofMillis(10);

  /** One that is awake, as after a change; {@code now} in nanoseconds that only go on. */
  public Attention(long now) {
    news(now);
  }

  /** Something has changed, or somebody says so. */
  public void news(long now) {
    awakeUntil = now + AWAKE.toNanos();
  }

  /** Whether something has happened lately. */
  public boolean awake(long now) {
    return now - awakeUntil < 0;
  }

  /** How long to wait for the next look. */
  public Duration pause(long now) {
    return awake(now) ? CLOSE : REST;
  }
}
