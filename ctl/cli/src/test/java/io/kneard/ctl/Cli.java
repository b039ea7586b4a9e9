package io.kneard.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kneard.ctl.api.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** kneardctl as a person or a script sees it, in this process. */
final class Cli {
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private boolean terminal;
  private String typed = "";

  Cli(Path socket) {
    environment.put("KNEARD_CONTROL_SOCKET", socket.toString());
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli onATerminal() {
    terminal = true;
    return with("TERM", "xterm");
  }

  /** What is typed when something is asked. */
  Cli typing(String line) {
    typed = line + "\n";
    return this;
  }

  /** Runs one command and returns the exit code. */
  int run(String... arguments) {
    out.reset();
    err.reset();
    return Kneardctl.run(
        new Surroundings(
            new ByteArrayInputStream(typed.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            terminal,
            Duration.ofMillis(20),
            InstantSource.fixed(Samples.SINCE.plusSeconds(192))),
        arguments);
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
