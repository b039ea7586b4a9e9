package io.kneard.cluster;

import io.kneard.database.Versions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program when the leader tells of a newer build than this one: once for each version, not
 * on all hosts at the same moment.
 */
final class SelfUpdate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SelfUpdate.class);
  private static final Duration RUNS_AT_MOST = Duration.ofMinutes(10);
  private static final int LINES = 100;

  private final Optional<Path> program;
  private final Versions own;
  private final Duration spread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private int internal;
  private int external;

  /**
   * Nothing is run yet.
   *
   * @param spread the program is run so much later, at most
   */
  SelfUpdate(Optional<Path> program, Versions own, Duration spread) {
    this.program = program;
    this.own = own;
    this.spread = spread;
    this.internal = own.internal();
    this.external = own.external();
  }

  /** These are the highest versions that any member has. */
  synchronized void heard(int highestInternal, int highestExternal) {
    if (program.isEmpty() || (highestInternal <= internal && highestExternal <= external)) {
      return;
    }
    internal = Math.max(internal, highestInternal);
    external = Math.max(external, highestExternal);
    Thread thread = new Thread(this::run, "cluster-update");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      long wait = ThreadLocalRandom.current().nextLong(spread.toMillis() + 1);
      if (stop.await(wait, TimeUnit.MILLISECONDS)) {
        return;
      }
      LOG.info("another member has a newer build than {}: {} is run", own, program.orElseThrow());
      Process process =
          new ProcessBuilder(program.orElseThrow().toString()).redirectErrorStream(true).start();
      try {
        process.getOutputStream().close();
        Thread output = new Thread(() -> log(process), "cluster-update-output");
        output.setDaemon(true);
        output.start();
        boolean ended = process.waitFor(RUNS_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
        LOG.info("the update ended: {}", ended ? "status " + process.exitValue() : "it was killed");
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.error("the update could not be run: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads all of it, so that it never waits for a reader, and repeats the beginning. */
  private static void log(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (count < LINES) {
          LOG.info("update: {}", line);
        }
        count++;
      }
    } catch (IOException e) {
      LOG.debug("the update's output ended: {}", e.getMessage());
    }
  }

  /** What has not begun is not run any more; what runs may be what ends this daemon. */
  @Override
  public void close() {
    stop.countDown();
  }
}
