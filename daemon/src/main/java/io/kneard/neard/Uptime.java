package io.kneard.neard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock that the daemon and the fence share: {@code /proc/uptime}. It goes on while the host is
 * suspended, which Java's own monotonic clock does not, and no clock setting makes it go back.
 * Where it does stand still, the daemon notices by the wall clock ({@link LeaseClock}).
 */
public final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final LeaseClock CLOCK = new LeaseClock();

  private Uptime() {}

  /** Nanoseconds since the host's start, rounded down to 10 ms, and what it stood still since. */
  public static long nanos() {
    return CLOCK.now(Uptime::read, System::currentTimeMillis);
  }

  /** What {@link #nanos} has of times for which the host stood still. */
  public static long stoodStill() {
    return CLOCK.stoodStill();
  }

  private static long read() {
    try {
      return parse(Files.readString(FILE, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /** The fence's unit; rounded down, so that a deadline never becomes later. */
  static long millis(long nanos) {
    return CLOCK.toUptimeMillis(nanos);
  }

  static long fromMillis(long millis) {
    return CLOCK.fromUptimeMillis(millis);
  }

  private static long parse(String text) {
    int point = text.indexOf('.');
    long seconds = Long.parseLong(text, 0, point, 10);
    long hundredths = Long.parseLong(text, point + 1, point + 3, 10);
    return (seconds * 100 + hundredths) * 10 * NANOS_PER_MILLI;
  }
}
