package io.kneard.exporter;

import io.kneard.testbed.Checkout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prometheus' own judgement.
 *
 * @param status 0 if there is nothing to object to
 * @param said all of its output
 */
record Promtool(int status, String said) {
  private static final int SECONDS = 60;

  /** Judges a file. */
  static Promtool on(Path file, String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command));
    line.add(file.toString());
    return run("", line);
  }

  /** Judges a page of metrics. */
  static Promtool checkMetrics(String page) throws IOException, InterruptedException {
    return run(page, List.of("check", "metrics"));
  }

  private static Promtool run(String input, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(Checkout.part("promtool")));
    line.addAll(arguments);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("promtool did not end within " + SECONDS + " s");
      }
      return new Promtool(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
