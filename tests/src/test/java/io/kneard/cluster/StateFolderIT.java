package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member's own files, damaged and shared. */
class StateFolderIT {
  @TempDir private Path folder;
  private DaemonCluster cluster;

  @BeforeEach
  void aMember() throws Exception {
    cluster = DaemonCluster.of(folder, "a");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private void stop() throws Exception {
    cluster.daemon("a").process().destroy();
    assertThat(cluster.daemon("a").process().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private String state(String name) throws Exception {
    return cluster.client(name).status().database();
  }

  @ParameterizedTest
  @CsvSource({
    "member.yaml, 'member.yaml: cannot be read; name, address, node_id and node_address are wanted'",
    "server.key, server.key",
    "cluster.crt, cluster.crt",
    "database-identity, database-identity"
  })
  void aDamagedFileTakesTheDatabaseOfflineAndIsNamedAndKept(String file, String named)
      throws Exception {
    stop();
    Path damaged = cluster.state("a").resolve(file);
    Files.writeString(damaged, "\u0000 not: [what it was");
    cluster.daemon("a").start();
    cluster.awaitAnswer("a");
    await().atMost(SOON).until(() -> state("a").contains("offline"));
    assertThat(state("a")).contains(named);
    assertThat(damaged).hasContent("\u0000 not: [what it was");
    assertThatThrownBy(() -> cluster.calls("a").list()).hasMessageContaining("Database is offline");
  }

  @Test
  void aSecondDaemonOnTheSameFolderIsRefusedAndHarmsNothing() throws Exception {
    DaemonProcess second = cluster.prepare("b");
    second.set("KNEARD_CLUSTER_DIR", cluster.state("a").toString());
    second.start();
    cluster.awaitAnswer("b");
    assertThat(state("b")).contains("offline", "another daemon", cluster.state("a").toString());
    assertThatThrownBy(() -> cluster.calls("b").list()).hasMessageContaining("another daemon");
    assertThat(state("a")).isEqualTo("Database is online");
    assertThat(cluster.calls("a").list()).hasSize(1);
  }
}
