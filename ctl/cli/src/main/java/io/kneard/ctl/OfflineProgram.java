package io.kneard.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the daemon's own program for something that is done while the daemon does not run. */
final class OfflineProgram {
  /** Where kneardctl is installed; set by the launcher. */
  private static final String DIST_PROPERTY = "kneard.dist";

  /** A little later than systemd, which says so. */
  private static final long LIMIT_SECONDS = Service.CHECK_LIMIT + 10;

  private static final int LARGEST_REPORT = 1 << 20;

  /** What is done with the program's answer. */
  interface Presentation {
    ExitCode show(String answer, int status) throws IOException;
  }

  private final Surroundings around;
  private final Service service;

  OfflineProgram(Surroundings around, Service service) {
    this.around = around;
    this.service = service;
  }

  /**
   * Runs it.
   *
   * @param what the command of kneardctl, such as {@code check}
   * @param arguments for the daemon's program
   */
  ExitCode run(String what, List<String> arguments, Presentation presentation)
      throws IOException, InterruptedException {
    Path program = dist().resolve("bin").resolve("kneard-java").normalize();
    if (!Files.isExecutable(program)) {
      say(
          "The daemon does not run, and its program is not at "
              + program
              + ". Start the daemon, or run 'kneard-java %s' where it is installed."
                  .formatted(arguments.get(0)));
      return ExitCode.UNREACHABLE;
    }
    if (!service.starts(program)) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(arguments);
      return perform(what, command, presentation);
    }
    List<String> command = service.command(arguments.toArray(String[]::new));
    if (!Service.mayBeAsked()) {
      say(
          "The daemon does not run, and only root can read what it would run with:"
              + " sudo kneardctl %s\nwhich does: ".formatted(what)
              + String.join(" ", command));
      return ExitCode.UNREACHABLE;
    }
    return perform(what, command, presentation);
  }

  private ExitCode perform(String what, List<String> command, Presentation presentation)
      throws IOException, InterruptedException {
    around.err().println("The daemon does not run: this is '" + String.join(" ", command) + "'.");
    Path answer = Files.createTempFile("kneardctl", ".json");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(answer.toFile())
              .redirectError(Redirect.INHERIT)
              .start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          say("The %s did not end within %d s.".formatted(what, LIMIT_SECONDS));
          return ExitCode.TIMED_OUT;
        }
      } finally {
        process.destroyForcibly();
      }
      return presentation.show(read(answer), process.exitValue());
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private static String read(Path answer) throws IOException {
    try (InputStream in = Files.newInputStream(answer)) {
      return new String(in.readNBytes(LARGEST_REPORT), StandardCharsets.UTF_8);
    }
  }

  /** Complains in a sentence. */
  void say(String sentence) {
    around.err().println(Kneardctl.NAME + ": " + sentence);
  }

  private static Path dist() {
    String told = System.getProperty(DIST_PROPERTY);
    if (told != null) {
      return Path.of(told);
    }
    try {
      URI jar = Kneardctl.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(jar).resolve("../..");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of kneardctl's own jar", e);
    }
  }
}
