package io.kneard.neard;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The lock that a fence and its neard hold while either of them lives: whoever can take it knows
 * that no neard of this home is left. It is one of flock(2), which Java's file locks are not.
 */
public record HomeLock(Path file) {
  private static final int LOCKED = 1;
  private static final Duration SLOW = Duration.ofSeconds(10);

  /**
   * Whether nobody holds it, or stops to within a time.
   *
   * @throws IOException if that cannot be found out
   */
  public boolean isFree(Duration wait) throws IOException {
    if (!Files.exists(file)) {
      return true;
    }
    String seconds = String.format(Locale.ROOT, "%.3f", wait.toMillis() / 1000.0);
    Process flock =
        new ProcessBuilder("flock", "--exclusive", "--timeout", seconds, file.toString(), "true")
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      if (!flock.waitFor(wait.plus(SLOW).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("flock on %s does not end".formatted(file));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the lock on " + file, e);
    } finally {
      flock.destroyForcibly();
    }
    if (flock.exitValue() != 0 && flock.exitValue() != LOCKED) {
      throw new IOException("flock on %s ended with %d".formatted(file, flock.exitValue()));
    }
    return flock.exitValue() == 0;
  }
}
