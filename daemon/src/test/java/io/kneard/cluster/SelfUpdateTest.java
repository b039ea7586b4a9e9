package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.database.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfUpdateTest {
  private static final Versions OWN = new Versions(2, 3, List.of());

  @TempDir private Path folder;

  private Path runs() {
    return folder.resolve("runs");
  }

  private long count() throws IOException {
    return Files.exists(runs()) ? Files.readAllLines(runs()).size() : 0;
  }

  private Optional<Path> program() throws IOException {
    Path program = folder.resolve("update");
    Files.writeString(program, "#!/bin/sh\necho it has begun\necho run >>%s\n".formatted(runs()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return Optional.of(program);
  }

  @Test
  void theProgramIsRunOnceForEachNewerVersion() throws IOException {
    try (SelfUpdate update = new SelfUpdate(program(), OWN, Duration.ZERO)) {
      update.heard(2, 3);
      update.heard(1, 1);
      update.heard(2, 4);
      await().until(() -> count() == 1);
      update.heard(2, 4);
      update.heard(3, 4);
      await().until(() -> count() == 2);
    }
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void whatWaitsForItsTurnIsNotRunAfterTheEnd() throws IOException {
    SelfUpdate late = new SelfUpdate(program(), OWN, Duration.ofDays(1));
    late.heard(9, 9);
    late.close();
    new SelfUpdate(Optional.empty(), OWN, Duration.ZERO).heard(9, 9);
    assertThat(count()).isZero();
  }
}
