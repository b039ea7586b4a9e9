package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real signals to real processes. */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal.
   *
   * @param name without SIG, such as {@code STOP}
   */
  public static void send(String name, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("kill -%s %d does not end".formatted(name, pid));
      }
    } catch (IOException e) {
      throw new IllegalStateException("kill -%s %d".formatted(name, pid), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether that process is there to get one; a dead one that nobody has asked after is not. */
  public static boolean reach(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends SIGSTOP and waits until no thread of the process runs any more. */
  public static void freeze(long pid) {
    send("STOP", pid);
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!stands(pid)) {
      if (System.nanoTime() - giveUp >= 0) {
        throw new IllegalStateException("process %d does not stand still".formatted(pid));
      }
      Thread.onSpinWait();
    }
  }

  private static boolean stands(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // a thread has just ended
    }
  }
}
