package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Kneardctl;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon as it is installed, on a host whose kernel has no DRBD 9. */
class VolumeDaemonIT {
  @TempDir private static Path folder;
  private static DaemonCluster cluster;

  @BeforeAll
  static void oneMember() throws Exception {
    cluster = DaemonCluster.of(folder, "a");
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Kneardctl run(String... arguments) throws Exception {
    return Kneardctl.run(cluster.socket("a"), arguments);
  }

  @Test
  void aHostWithoutDrbdSaysSoAndDoesEverythingElse() throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(run("host", "list").out()).contains("no volumes on this host"));
    assertThat(run("status").status()).isZero();
    assertThat(run("cluster", "list").out()).contains("ONLINE");
  }

  @Test
  void aVolumeThatNoHostCanHaveIsOrderedExplainedAndDeleted() throws Exception {
    Kneardctl made = run("volume", "create", "db", "--size", "1G", "--wait", "--timeout", "3s");
    assertThat(made.status()).as(made.err()).isEqualTo(6);
    assertThat(run("volume", "list").out()).contains("db", "3D");
    assertThat(run("volume", "why", "db").out()).contains("0 of 3 D");
    Kneardctl refused = run("replica", "add", "db", "a", "A");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).isNotEmpty();
    assertThat(run("volume", "delete", "db", "--yes", "--wait").out()).contains("db is gone");
    assertThat(run("volume", "show", "db").err()).contains("there is no volume db");
  }

  @Test
  void zonesAndDrainedHostsAreRemembered() throws Exception {
    assertThat(run("host", "zone", "a", "room-1").status()).isZero();
    assertThat(run("host", "drain", "a").out()).contains("room-1", "drained");
    assertThat(run("host", "undrain", "a").out()).doesNotContain("drained");
    assertThat(run("host", "zone", "b", "room-1").err()).contains("b is no member of the cluster");
  }
}
