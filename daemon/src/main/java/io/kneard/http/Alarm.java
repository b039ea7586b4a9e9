package io.kneard.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Hangs up on one connection when its time is over. At most one time runs at once. */
final class Alarm {
  private final ScheduledExecutorService clock;
  private final Runnable ring;
  private Future<?> armed;

  /**
   * @param clock runs {@code ring}, which does not block
   */
  Alarm(ScheduledExecutorService clock, Runnable ring) {
    this.clock = clock;
    this.ring = ring;
  }

  /** Starts a new time, in place of the one that runs. With its clock stopped, time is over. */
  synchronized void arm(Duration time) {
    disarm();
    try {
      armed = clock.schedule(ring, time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      ring.run();
    }
  }

  /** Stops the time that runs, if any. */
  synchronized void disarm() {
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }
}
