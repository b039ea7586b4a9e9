package io.kneard.testbed;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

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
}
