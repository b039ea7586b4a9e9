package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of members, of many and with many dead. */
class MembersListIT {
  @TempDir private Path folder;

  @Test
  void nineDeadOfTenAreUnreachableWithinTwoAndAHalfSeconds() throws Exception {
    try (CrowdedCluster cluster = new CrowdedCluster(folder, 0, 9)) {
      cluster.states();
      long begun = System.nanoTime();
      assertThat(cluster.states()).isEqualTo(Map.of("ONLINE", 1, "UNREACHABLE", 9));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
    }
  }

  @Test
  void fiftyMembersAreAllAskedAtOnce() throws Exception {
    try (CrowdedCluster cluster = new CrowdedCluster(folder, 49, 0)) {
      assertThat(cluster.states()).isEqualTo(Map.of("ONLINE", 50));
    }
  }
}
