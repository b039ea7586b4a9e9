package io.kneard.neard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The files in which neard looks for the height to stop at; which of them depends on the build.
 * Whatever else is in them stays.
 *
 * @param home neard's
 */
public record ShutdownFiles(Path home) {

  /** Writes the height into the file that such a build reads, which is made if it is missing. */
  public void plan(PlannedStop.Form form, long height) throws IOException {
    switch (form) {
      case CONFIG -> new ConfigJson(config()).planShutdown(height);
      case DYN_CONFIG -> {
        try {
          Files.writeString(dynConfig(), "{}\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
          // An operator's; it is edited.
        }
        new ConfigJson(dynConfig()).planShutdown(height);
      }
    }
  }

  /** Removes it from both: left behind it would stop the next start at once. */
  public void forget() throws IOException {
    new ConfigJson(config()).forgetShutdown();
    // Most builds do not read this one, so it need not be in order unless it has a height.
    ConfigJson dynamic = new ConfigJson(dynConfig());
    if (Files.exists(dynConfig()) && dynamic.text().contains("expected_shutdown")) {
      dynamic.forgetShutdown();
    }
  }

  private Path config() {
    return home.resolve("config.json");
  }

  private Path dynConfig() {
    return home.resolve("dyn_config.json");
  }
}
