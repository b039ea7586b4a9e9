package io.kneard.operations;

import io.kneard.config.Settings;
import io.kneard.ctl.api.CheckReport.Finding;
import io.kneard.neard.ConfigJson;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The host itself: the fence and its tools, the folders, the space. */
final class HostCheck {
  private static final List<String> TOOLS = List.of("bash", "flock", "setpriv");
  private static final long SCARCE = 1L << 30;

  private final Settings settings;
  private final Path fence;
  private final List<Finding> findings = new ArrayList<>();

  HostCheck(Settings settings, Path fence) {
    this.settings = settings;
    this.fence = fence;
  }

  List<Finding> findings() {
    fence();
    runtime();
    config();
    space();
    return findings;
  }

  private void fence() {
    List<String> missing = TOOLS.stream().filter(tool -> !onPath(tool)).toList();
    if (!Files.isExecutable(fence)) {
      findings.add(
          Findings.error("fence", fence + " is missing or cannot be run", "install kneard again"));
    } else if (!missing.isEmpty()) {
      findings.add(
          Findings.error(
              "fence",
              "not found on PATH: " + String.join(", ", missing),
              "install Debian's packages bash and util-linux"));
    } else {
      findings.add(Findings.ok("fence", fence.toString()));
    }
  }

  private static boolean onPath(String tool) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Arrays.stream(path.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, tool)));
  }

  private void runtime() {
    Path folder = settings.runtimeDir();
    if (!Files.exists(folder)) {
      findings.add(
          Findings.warning(
              "runtime.dir", folder + " does not exist yet", "the daemon makes it if it may"));
    } else if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      findings.add(
          Findings.error(
              "runtime.dir",
              folder + ": not a folder this user may write to",
              "chown it to the daemon's user"));
    } else {
      findings.add(Findings.ok("runtime.dir", folder.toString()));
    }
  }

  private void config() {
    ConfigJson config = new ConfigJson(settings.neard().home().resolve("config.json"));
    try {
      Path slot = config.validatorKeyFile();
      Optional<Long> planned = config.plannedShutdown();
      if (planned.isPresent()) {
        findings.add(
            Findings.warning(
                "config.json",
                "expected_shutdown = " + planned.get() + " is in it",
                "nothing, if a maintenance shutdown is planned; the daemon removes it before each"
                    + " start"));
      }
      findings.add(Findings.ok("config.json", "neard reads its validator key from " + slot));
    } catch (IOException e) {
      findings.add(
          Findings.error(
              "config.json",
              e.getMessage(),
              "mend " + settings.neard().home().resolve("config.json")));
    }
  }

  private void space() {
    for (Path folder : List.of(settings.neard().home(), settings.runtimeDir())) {
      try {
        FileStore store = Files.getFileStore(folder);
        long free = store.getUsableSpace();
        long wanted = folder.equals(settings.runtimeDir()) ? 1L << 20 : SCARCE;
        if (free < wanted) {
          findings.add(
              Findings.error(
                  "space",
                  "%s has %d MiB left".formatted(folder, free >> 20),
                  "at least %d MiB; a neard without space stops".formatted(wanted >> 20)));
        } else {
          findings.add(Findings.ok("space", "%s has %d MiB left".formatted(folder, free >> 20)));
        }
      } catch (IOException e) {
        // A folder that is not there is a finding of its own.
      }
    }
  }
}
