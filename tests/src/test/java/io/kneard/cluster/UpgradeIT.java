package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.database.DatabaseState;
import io.kneard.database.Schema;
import io.kneard.database.UpgradeRule;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.Row;
import io.kneard.testbed.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds with different tables in one cluster, on real databases. */
class UpgradeIT {
  private static final Schema.Step FIRST = Schema.Step.of("CREATE TABLE one (id INTEGER)");
  private static final Schema.Step SECOND = Schema.Step.of("CREATE TABLE two (id INTEGER)");

  @TempDir private Path folder;
  private ClusterService a;
  private ClusterService b;

  @BeforeEach
  void twoMembersWithTheOldBuild() throws Exception {
    a = service("a", FIRST);
    a.bootstrap("a", "127.0.0.1:" + FreePort.next());
    b = service("b", FIRST);
    String token = a.member().admission.token("b", Duration.ofHours(1), Instant.now()).encode();
    b.join(token, "b", "127.0.0.1:" + FreePort.next());
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> a.list().stream().allMatch(m -> m.role().matches("voter|stand-by")));
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
  }

  private ClusterService service(String name, Schema.Step... tables) {
    return new ClusterService(
        new ClusterSettings(
            folder.resolve(name),
            name,
            Optional.empty(),
            Duration.ofSeconds(1),
            new RolePlan(3, 3),
            "",
            NodeSettings.DEFAULT_LATENCY,
            Optional.empty(),
            "0",
            List.of(tables),
            List.of()),
        state -> {},
        () -> {});
  }

  private static ClusterService restarted(ClusterService service) {
    service.start();
    return service;
  }

  private static List<String> statuses(ClusterService service) throws ClusterProblem {
    return service.list().stream().map(m -> m.name() + " " + m.status()).toList();
  }

  @Test
  void theFirstWaitsForTheLastAndBothSidesSeeWhy() throws Exception {
    a.close();
    a = restarted(service("a", FIRST, SECOND));
    await().atMost(SOON).until(() -> a.state().equals(new DatabaseState.Waiting(List.of("b"))));
    assertThat(statuses(a)).containsExactly("a UPGRADING", "b NEEDS UPGRADE");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> statuses(b).equals(List.of("a UPGRADING", "b NEEDS UPGRADE")));
    assertThat(a.database().orElseThrow().state().message()).contains("1 cluster members", ": b");

    b.close();
    b = restarted(service("b", FIRST, SECOND));
    for (ClusterService each : List.of(a, b)) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> statuses(each).equals(List.of("a ONLINE", "b ONLINE")));
      List<Row> rows = each.database().orElseThrow().read(s -> s.query("SELECT id FROM two"));
      assertThat(rows).isEmpty();
      assertThat(each.list()).extracting(ClusterMember::schemaExternalVersion).containsOnly(2);
    }

    b.close();
    b = restarted(service("b", FIRST));
    await()
        .atMost(SOON)
        .until(() -> b.state().equals(new DatabaseState.Offline(UpgradeRule.BEHIND)));
    assertThat(a.state()).isEqualTo(new DatabaseState.Online());
  }
}
