package io.kneard.simulation;

/**
 * A host's clocks. Its uptime runs fast or slow by a few hundred parts per million, is rounded down
 * like {@code /proc/uptime}, and may stand still together with the host; its wall clock may be set.
 */
final class HostClock {
  private static final long RESOLUTION = 10 * Times.MILLI;

  private long origin;
  private final long ppm;
  private long lost;
  private long wallMillis;

  /**
   * A clock.
   *
   * @param origin its uptime when the schedule begins
   * @param ppm by how much it is fast, in millionths
   */
  HostClock(long origin, long ppm) {
    this.origin = origin;
    this.ppm = ppm;
  }

  /** What the clock shows at a true time, as the daemon and the fence read it. */
  long uptime(long now) {
    long shown = exact(now);
    return shown - shown % RESOLUTION;
  }

  /**
   * Runs as its uptime does, but not while the host stands still.
   *
   * @param stood for how long in all it did
   */
  long monotonic(long now, long stood) {
    long run = now - stood;
    return origin + run + run / 1000 * ppm / 1000;
  }

  private long exact(long now) {
    long run = now - lost;
    return origin + run + run / 1000 * ppm / 1000;
  }

  /** How long it truly takes until the clock shows a time; 0 if it has passed. */
  long until(long shown, long now) {
    return Math.max(duration(shown - exact(now)), 0);
  }

  /** The true length of a time span that is measured with this clock. */
  long duration(long span) {
    return span - span / 1000 * ppm / 1000;
  }

  /** The wall clock less the uptime, in milliseconds. */
  long wallOffset() {
    return wallMillis;
  }

  /** The host stood still and its uptime with it. */
  void lose(long span) {
    lost += span;
  }

  /** The host starts anew at a true time, and its uptime at 0. */
  void boot(long now) {
    origin -= exact(now);
  }

  void setWall(long millis) {
    wallMillis += millis;
  }
}
