package io.kneard.localnet;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal, giving each key at once and not showing it; as before when closed, or at the end.
 */
final class Terminal {
  private static final int BOUND_SECONDS = 5;

  private final String before;
  private final Thread hook = new Thread(this::restore, "terminal");

  private Terminal(String before) {
    this.before = before;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sets it so. */
  static Terminal ofSingleKeys() throws IOException, InterruptedException {
    Terminal terminal = new Terminal(stty("-g"));
    stty("-icanon", "-echo", "min", "1");
    return terminal;
  }

  private static String stty(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process stty = new ProcessBuilder(command).redirectInput(Redirect.INHERIT).start();
    String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!stty.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) || stty.exitValue() != 0) {
      stty.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed");
    }
    return said;
  }

  private void restore() {
    try {
      stty(before);
    } catch (IOException e) {
      System.err.println("localnet: `stty sane` brings the terminal back: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sets it back. */
  void close() {
    restore();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
