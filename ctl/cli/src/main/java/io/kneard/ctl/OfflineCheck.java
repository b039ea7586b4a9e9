package io.kneard.ctl;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the daemon's own program to check the host while the daemon does not run. */
final class OfflineCheck {
  /** Where kneardctl is installed; set by the launcher. */
  private static final String DIST_PROPERTY = "kneard.dist";

  /** Longer than all of its own time-outs together. */
  private static final long LIMIT_SECONDS = 120;

  private final Surroundings around;
  private final boolean json;

  OfflineCheck(Surroundings around, boolean json) {
    this.around = around;
    this.json = json;
  }

  ExitCode run() throws IOException, InterruptedException {
    Path program = dist().resolve("bin").resolve("kneard-java").normalize();
    if (!Files.isExecutable(program)) {
      around
          .err()
          .println(
              "kneardctl: The daemon does not run, and its program is not at "
                  + program
                  + ". Start the daemon, or run 'kneard-java --check' where it is installed.");
      return ExitCode.UNREACHABLE;
    }
    around.err().println("The daemon does not run: this is '" + program + " --check'.");
    return wait(start(program));
  }

  private Process start(Path program) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--check"));
    if (json) {
      command.add("--json");
    }
    around.out().flush();
    return new ProcessBuilder(command).inheritIO().start();
  }

  private ExitCode wait(Process process) throws InterruptedException {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        around.err().println("kneardctl: The check did not end within " + LIMIT_SECONDS + " s.");
        return ExitCode.TIMED_OUT;
      }
      return process.exitValue() == 0 ? ExitCode.OK : ExitCode.NOT_FIT;
    } finally {
      process.destroyForcibly();
    }
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
