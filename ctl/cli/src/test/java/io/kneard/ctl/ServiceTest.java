package io.kneard.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
  @TempDir Path root;

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @Test
  void theProgramIsTheServicesOnlyWhereSystemdStartsThatOne() throws IOException {
    Service service = new Service(root);
    Path program = file("usr/lib/kneard/bin/kneard-java");
    Path other = file("opt/kneard/bin/kneard-java");
    assertThat(service.starts(program)).as("nothing is installed").isFalse();
    file("usr/lib/systemd/system/kneard-java.service");
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createSymbolicLink(
        root.resolve("usr/bin/kneard-java"), Path.of("../lib/kneard/bin/kneard-java"));
    assertThat(service.starts(program)).as("systemd does not run, as in an image").isFalse();
    Files.createDirectories(root.resolve("run/systemd/system"));
    assertThat(service.starts(program)).isTrue();
    assertThat(service.starts(other)).as("another copy of the program").isFalse();
  }

  @Test
  void theCommandIsTheOneThatThePageOfOperationsNames() throws IOException {
    String page = Files.readString(Path.of("../../docs/operations.md"));
    assertThat(page).contains("sudo " + String.join(" ", new Service(root).command("--check")));
  }
}
