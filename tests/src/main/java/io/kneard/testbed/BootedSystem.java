package io.kneard.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real systemd on a copy of this machine's files, away from this machine's processes. */
public final class BootedSystem implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  /**
   * What a command has left.
   *
   * @param output of both kinds, without the last line break
   */
  public record Outcome(int status, String output) {}

  private final Process boot;
  private final String init;

  private BootedSystem(Process boot, String init) {
    this.boot = boot;
    this.init = init;
  }

  /**
   * Boots; needs root.
   *
   * @throws IOException if it does not come up
   */
  public static BootedSystem boot() throws IOException {
    Process boot =
        new ProcessBuilder(Checkout.root().resolve("tests/lib/boot-systemd").toString())
            .redirectError(Redirect.INHERIT)
            .start();
    String init =
        new BufferedReader(new InputStreamReader(boot.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (init == null) {
      throw new IOException("no systemd could be booted, see above");
    }
    return new BootedSystem(boot, init);
  }

  /** A file of it, seen from outside. */
  public Path file(String path) {
    return Path.of("/proc", init, "root", path);
  }

  /** Writes a file of it, and the folders above. */
  public Path write(String path, String text) throws IOException {
    Files.createDirectories(file(path).getParent());
    return Files.writeString(file(path), text);
  }

  /** Runs a command as root and waits for it. */
  public Outcome tryTo(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("nsenter", "--all", "--target", init));
    line.addAll(List.of(command));
    Path output = Files.createTempFile("booted", ".out");
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
      }
      return new Outcome(process.exitValue(), Files.readString(output).strip());
    } finally {
      Files.delete(output);
    }
  }

  /**
   * Runs a command as root and returns what it said.
   *
   * @throws IOException if it fails
   */
  public String run(String... command) throws IOException, InterruptedException {
    Outcome outcome = tryTo(command);
    if (outcome.status() != 0) {
      throw new IOException("%s: %s".formatted(String.join(" ", command), outcome));
    }
    return outcome.output();
  }

  /** Kills everything in it; nothing of it is left. */
  @Override
  public void close() throws IOException {
    boot.getOutputStream().close();
    try {
      if (!boot.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        boot.destroyForcibly();
      }
    } catch (InterruptedException e) {
      boot.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
