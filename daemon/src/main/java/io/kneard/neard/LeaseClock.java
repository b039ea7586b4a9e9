package io.kneard.neard;

import java.util.function.LongSupplier;

/**
 * The uptime, and on top of it the time for which the host stood still without its uptime noticing.
 *
 * <p>Some hypervisors stop a virtual machine together with its uptime, and set its wall clock when
 * it goes on. A lease that was counted in uptime alone would then be believed for too long. So what
 * the wall clock gains on the uptime at one stroke counts as time that has passed. What it loses
 * does not count, because time does not go back. Somebody who sets the clock forward by hand makes
 * the host believe its lease is older than it is, which is safe. Jumps that are too small to be
 * told from other things are paid for by the reserve of the lock's timing, as in the fence. Who
 * waits for another host's sake leaves {@link #stoodStill} out.
 *
 * <p>All times are nanoseconds; the wall clock and the fence's times are milliseconds.
 */
public final class LeaseClock {
  /**
   * For how long, in milliseconds, the uptime may stand still unnoticed. The fence's figure, too;
   * less than half of the reserve of the lock's timing, which pays for it.
   */
  public static final long UNNOTICED_MILLIS = 200;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private boolean begun;
  private long offset;
  private long lost;

  /** Now. */
  public synchronized long now(LongSupplier uptime, LongSupplier wallMillis) {
    // Between two readings of the uptime, so that a pause in here is not taken for a jump.
    long before = Math.floorDiv(uptime.getAsLong(), NANOS_PER_MILLI);
    long wall = wallMillis.getAsLong();
    long now = uptime.getAsLong();
    long gained = wall - Math.floorDiv(now, NANOS_PER_MILLI) - offset;
    if (begun && gained > UNNOTICED_MILLIS) {
      lost += gained * NANOS_PER_MILLI;
    }
    offset = wall - before;
    begun = true;
    return now + lost;
  }

  /** What {@link #now} has of times for which the host stood still, or its wall clock was set. */
  public synchronized long stoodStill() {
    return lost;
  }

  /** A time of this clock as the fence counts it; rounded down, so that none becomes later. */
  public synchronized long toUptimeMillis(long time) {
    return Math.floorDiv(time - lost, NANOS_PER_MILLI);
  }

  /** A time of the fence on this clock. */
  public synchronized long fromUptimeMillis(long millis) {
    return Math.multiplyExact(millis, NANOS_PER_MILLI) + lost;
  }
}
