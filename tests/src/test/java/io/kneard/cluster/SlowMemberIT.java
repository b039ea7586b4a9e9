package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.database.ClusterDatabase;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.Member;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.Role;
import io.kneard.testbed.FreePort;
import io.kneard.testbed.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose database takes its time: the real library, the daemons in this process. */
class SlowMemberIT {
  /** Longer than the test: the roles change only when the test says so. */
  private static final Duration HEARTBEAT = Duration.ofHours(1);

  @TempDir private Path folder;
  private ClusterService a;
  private ClusterService b;

  @BeforeEach
  void aVoterAndAStandBy() throws Exception {
    a = service("a");
    b = service("b");
    a.bootstrap("a", "127.0.0.1:" + FreePort.pair());
    String token = a.member().admission.token("b", Duration.ofHours(1), Instant.now()).encode();
    b.join(token, "b", "127.0.0.1:" + FreePort.pair());
    await().atMost(SOON).ignoreExceptions().until(() -> roleOfB() == Role.STAND_BY);
  }

  @AfterEach
  void end() {
    b.close();
    a.close();
  }

  private ClusterService service(String name) {
    return new ClusterService(
        new ClusterSettings(
            folder.resolve(name),
            name,
            Optional.empty(),
            HEARTBEAT,
            new RolePlan(3, 3),
            "",
            NodeSettings.DEFAULT_LATENCY,
            Optional.empty(),
            "0",
            List.of(),
            List.of()),
        state -> {},
        () -> {});
  }

  @Test
  void aMemberThatCannotTakeANewCertificateAtOnceIsToldAgainAndNobodyIsLockedOut()
      throws Exception {
    Path inTheWay = folder.resolve("b/truststore/.a.yaml.new");
    Files.createDirectories(inTheWay.resolve("full"));
    CompletableFuture<Object> renewal =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new CertificateChange(a.member().member).renew(Instant.now());
              } catch (ClusterProblem e) {
                throw new CompletionException(e);
              }
            });
    Path own = folder.resolve("a/server.crt");
    String before = Files.readString(own);
    await().atMost(SOON).until(() -> !Files.readString(own).equals(before));
    Files.move(inTheWay, folder.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
    renewal.get(SOON.toSeconds(), TimeUnit.SECONDS);
    String inTheDatabase =
        a.member().member.rows().stream()
            .filter(row -> row.name().equals("a"))
            .findFirst()
            .orElseThrow()
            .certificate();
    assertThat(Files.readString(own)).isEqualTo(inTheDatabase);
    assertThat(Files.readString(folder.resolve("b/truststore/a.yaml")))
        .as("after a restart, too")
        .contains(inTheDatabase.lines().toList().get(1));
    for (ClusterService each : List.of(a, b)) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> each.list().stream().allMatch(m -> m.status().equals("ONLINE")));
    }
  }

  private Role roleOfB() throws Exception {
    List<Member> nodes = a.database().orElseThrow().leader(leader -> leader.members());
    return nodes.stream().filter(node -> node.id() == idOfB()).findFirst().orElseThrow().role();
  }

  private long idOfB() {
    return b.running().orElseThrow().member.self.nodeId();
  }

  private long processOfB() {
    return ((NodeState.Running) b.running().orElseThrow().member.node.state()).pid();
  }

  @Test
  void aStandByThatGetsTheDataSlowlyBecomesAVoterAndIsNotInTheWayMeanwhile() throws Exception {
    ClusterDatabase database = a.database().orElseThrow();
    DqliteClient.ClusterWork<Boolean> voter = Reconfiguration.role(idOfB(), Role.VOTER);
    long process = processOfB();
    Signals.freeze(process);
    try {
      a.member().admission.token("not-seen-by-b", Duration.ofHours(1), Instant.now());
      assertThat(Reconfiguration.made(database, voter)).as("it has the data already").isFalse();
      assertThat(Reconfiguration.made(database, voter)).as("asked again").isFalse();
      assertThat(roleOfB()).isEqualTo(Role.STAND_BY);
      a.member().admission.token("written-meanwhile", Duration.ofHours(1), Instant.now());
    } finally {
      Signals.send("CONT", process);
    }
    Reconfiguration.make(database, voter, SOON);
    assertThat(roleOfB()).isEqualTo(Role.VOTER);
    assertThat(a.member().admission.tokens(Instant.now())).hasSize(2);
  }
}
