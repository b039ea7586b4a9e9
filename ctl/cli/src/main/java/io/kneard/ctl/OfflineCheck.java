package io.kneard.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the daemon's own program to check the host while the daemon does not run. */
final class OfflineCheck {
  /** Where kneardctl is installed; set by the launcher. */
  private static final String DIST_PROPERTY = "kneard.dist";

  /** A little later than systemd, which says so. */
  private static final long LIMIT_SECONDS = Service.CHECK_LIMIT + 10;

  private static final int LARGEST_REPORT = 1 << 20;

  /** What is done with the report. */
  interface Presentation {
    ExitCode show(CheckReport report) throws IOException;
  }

  private final Surroundings around;
  private final Service service;

  OfflineCheck(Surroundings around, Service service) {
    this.around = around;
    this.service = service;
  }

  ExitCode run(Presentation presentation) throws IOException, InterruptedException {
    Path program = dist().resolve("bin").resolve("kneard-java").normalize();
    if (!Files.isExecutable(program)) {
      say(
          "The daemon does not run, and its program is not at "
              + program
              + ". Start the daemon, or run 'kneard-java --check' where it is installed.");
      return ExitCode.UNREACHABLE;
    }
    if (!service.starts(program)) {
      return check(List.of(program.toString(), "--check", "--json"), presentation);
    }
    List<String> command = service.command("--check", "--json");
    if (!Service.mayBeAsked()) {
      say(
          "The daemon does not run, and only root can read what it would run with:"
              + " sudo kneardctl check\nwhich does: "
              + String.join(" ", command));
      return ExitCode.UNREACHABLE;
    }
    return check(command, presentation);
  }

  private ExitCode check(List<String> command, Presentation presentation)
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
          say("The check did not end within " + LIMIT_SECONDS + " s.");
          return ExitCode.TIMED_OUT;
        }
      } finally {
        process.destroyForcibly();
      }
      return evaluate(answer, process.exitValue(), presentation);
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private ExitCode evaluate(Path answer, int status, Presentation presentation) throws IOException {
    String text = read(answer);
    try {
      CheckReport report = ControlJson.get().readValue(text, CheckReport.class);
      if (report.findings() != null) {
        return presentation.show(report);
      }
    } catch (JsonProcessingException e) {
      // Not from the check: something that kept it from running.
    }
    say("The check could not be run, it ended with " + status + ". " + Plain.lines(text).strip());
    return ExitCode.UNREACHABLE;
  }

  private static String read(Path answer) throws IOException {
    try (InputStream in = Files.newInputStream(answer)) {
      return new String(in.readNBytes(LARGEST_REPORT), StandardCharsets.UTF_8);
    }
  }

  private void say(String sentence) {
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
