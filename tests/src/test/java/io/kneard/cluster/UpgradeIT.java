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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  private ClusterService c;

  @BeforeEach
  void threeMembersWithTheOldBuild() throws Exception {
    a = service("a", FIRST);
    a.bootstrap("a", "127.0.0.1:" + FreePort.next());
    b = joined("b");
    c = joined("c");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> a.list().stream().allMatch(m -> m.role().equals("voter")));
  }

  private ClusterService joined(String name) throws Exception {
    ClusterService service = service(name, FIRST);
    String token = a.member().admission.token(name, Duration.ofHours(1), Instant.now()).encode();
    service.join(token, name, "127.0.0.1:" + FreePort.next());
    return service;
  }

  @AfterEach
  void end() {
    // One after the other, the last ones would wait for a leader.
    Stream.of(a, b, c).parallel().forEach(ClusterService::close);
  }

  /** Which members have run the program for updates, in alphabetical order. */
  private List<String> updated() throws IOException {
    Path runs = folder.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs).stream().sorted().toList() : List.of();
  }

  private Path updateProgram(String name) {
    Path program = folder.resolve("update-" + name);
    try {
      Files.writeString(program, "#!/bin/sh\necho %s >> %s/runs\n".formatted(name, folder));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return program;
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
            Optional.of(updateProgram(name)),
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

  private static void letLead(ClusterService service) {
    long id = service.running().orElseThrow().member.self.nodeId();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                service.leads()
                    || !service
                        .database()
                        .orElseThrow()
                        .leader(
                            leader -> {
                              leader.transfer(id);
                              return true;
                            }));
  }

  @Test
  void theFirstWaitsForTheLastAndBothSidesSeeWhyAndAreToldToUpdate() throws Exception {
    List<String> seen = List.of("a UPGRADING", "b NEEDS UPGRADE", "c NEEDS UPGRADE");
    a.close();
    a = restarted(service("a", FIRST, SECOND));
    await()
        .atMost(SOON)
        .until(() -> a.state().equals(new DatabaseState.Waiting(List.of("b", "c"))));
    assertThat(statuses(a)).isEqualTo(seen);
    await().atMost(SOON).ignoreExceptions().until(() -> statuses(b).equals(seen));
    assertThat(a.database().orElseThrow().state().message())
        .contains("2 cluster members", ": b, c");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(updated()).as("who leads, too").containsExactly("b", "c"));

    letLead(a);
    c.close();
    c = restarted(service("c", FIRST)); // as after a power cut: it does not know what it has run
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(updated())
                    .as("who waits and leads tells the others too")
                    .containsExactly("b", "c", "c"));
    assertThat(a.state()).isEqualTo(new DatabaseState.Waiting(List.of("b", "c")));
    assertThat(a.leads()).isTrue();

    b.close();
    b = restarted(service("b", FIRST, SECOND));
    await().atMost(SOON).until(() -> b.state().equals(new DatabaseState.Waiting(List.of("c"))));
    c.close();
    c = restarted(service("c", FIRST, SECOND));
    for (ClusterService each : List.of(a, b, c)) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> statuses(each).equals(List.of("a ONLINE", "b ONLINE", "c ONLINE")));
      List<Row> rows = each.database().orElseThrow().read(s -> s.query("SELECT id FROM two"));
      assertThat(rows).isEmpty();
      assertThat(each.list()).extracting(ClusterMember::schemaExternalVersion).containsOnly(2);
    }
    assertThat(updated()).containsExactly("b", "c", "c");

    b.close();
    b = restarted(service("b", FIRST));
    await()
        .atMost(SOON)
        .until(() -> b.state().equals(new DatabaseState.Offline(UpgradeRule.BEHIND)));
    assertThat(a.state()).isEqualTo(new DatabaseState.Online());
  }
}
