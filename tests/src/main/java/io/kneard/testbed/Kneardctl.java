package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a call of the installed {@code kneardctl} ended.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained about
 */
public record Kneardctl(int status, String out, String err) {
  private static final long LONGEST_SECONDS = 90;

  /** The installed program. */
  public static Path program() {
    return Checkout.root().resolve("target/dist/bin/kneardctl");
  }

  /** Calls it for one daemon and waits for its end. */
  public static Kneardctl run(Path socket, String... arguments)
      throws IOException, InterruptedException {
    return run(Map.of(), socket, arguments);
  }

  /** With these variables too, which the daemon's program needs that some commands run. */
  public static Kneardctl run(Map<String, String> environment, Path socket, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--socket", socket.toString()));
    Path out = Files.createTempFile("kneardctl", ".out");
    Path err = Files.createTempFile("kneardctl", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      process.getOutputStream().close(); // nobody answers what it asks
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " does not end: " + Files.readString(err));
      }
      return new Kneardctl(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
