package io.kneard.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short run of one of the system's programs. */
final class Program {
  private static final long BOUND_SECONDS = 20;

  private Program() {}

  /**
   * Runs it to its end, and returns what it said.
   *
   * @throws IOException with what it said, if it fails
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
    return said;
  }

  /** Whether it ends well. */
  static boolean works(String... command) throws InterruptedException {
    try {
      run(command);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** For use with {@link #run(String...)}. */
  static void run(List<String> command) throws IOException, InterruptedException {
    run(command.toArray(String[]::new));
  }
}
