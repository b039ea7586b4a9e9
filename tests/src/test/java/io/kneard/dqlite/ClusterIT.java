package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several nodes over mutual TLS. */
class ClusterIT {
  @Test
  void threeNodesBecomeVotersAndAllHaveTheirPlaces() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3);
        DqliteClient client = cluster.node(2).client()) {
      List<Member> members = client.leader(NodeCalls::members);
      assertThat(members).hasSize(3).allMatch(member -> member.role() == Role.VOTER);

      client.execute("CREATE TABLE t (n INTEGER)");
      client.execute("INSERT INTO t VALUES (?)", 7);
      assertThat(client.query("SELECT n FROM t").get(0).whole(0)).isEqualTo(7);
    }
  }

  @Test
  void whatWasAcknowledgedOutlivesEachLeaderKilledInTurn() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3);
        DqliteClient client = cluster.node(0).client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
      Set<Long> acknowledged = new HashSet<>();
      long next = 0;
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++) {
          client.execute("INSERT INTO t VALUES (?)", next);
          acknowledged.add(next++);
        }
        TestNode leader = cluster.leader();
        TestNode asked = cluster.other(leader);
        Signals.send("KILL", leader.pid());
        try (DqliteClient other = asked.client()) {
          for (int i = 0; i < 20; i++) {
            try {
              other.execute("INSERT INTO t VALUES (?)", next);
              acknowledged.add(next);
            } catch (OutcomeUnknown e) {
              // It may be there or not.
            }
            next++;
          }
        }
        leader.awaitRunning();
      }
      Set<Long> found = new HashSet<>();
      client.query("SELECT n FROM t").forEach(row -> found.add(row.whole(0)));
      assertThat(found).containsAll(acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(100);
    }
  }

  @Test
  void leadershipIsTransferredAndMembersAreRemoved() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3);
        DqliteClient client = cluster.node(1).client()) {
      TestNode second = cluster.node(1);
      client.leader(
          leader -> {
            leader.transfer(second.settings().id());
            return null;
          });
      await().atMost(TestNode.PATIENCE).until(() -> cluster.leader() == second);

      long removed = cluster.node(2).settings().id();
      client.leader(
          leader -> {
            leader.remove(removed);
            return null;
          });
      assertThat(client.leader(NodeCalls::members)).hasSize(2).noneMatch(it -> it.id() == removed);
    }
  }

  @Test
  void withoutAQuorumAWriteFailsWithinItsTimeAndWorksAgainAfterwards() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(2)) {
      TestNode leader = cluster.leader();
      TestNode other = cluster.other(leader);
      try (DqliteClient client = leader.client()) {
        client.execute("CREATE TABLE t (n INTEGER)");
      }
      other.stop();
      try (DqliteClient hasty =
          new DqliteClient(
              leader.node().socket(),
              leader.settings().address(),
              TestNode.DATABASE,
              1,
              Duration.ofSeconds(3))) {
        assertThat(catchThrowable(() -> hasty.execute("INSERT INTO t VALUES (1)")))
            .isInstanceOfAny(OutcomeUnknown.class, NodeUnreachable.class, NotLeader.class);
      }
      other.start();
      other.awaitRunning();
      try (DqliteClient client = leader.client()) {
        client.execute("INSERT INTO t VALUES (2)");
        assertThat(client.query("SELECT count(*) FROM t WHERE n = 2").get(0).whole(0)).isOne();
      }
    }
  }

  @Test
  void afterALostQuorumOneMemberGoesOnAloneWithTheData() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3)) {
      TestNode survivor = cluster.leader();
      NodeSettings settings = survivor.settings();
      List<Member> alone = List.of(new Member(settings.id(), settings.address(), Role.VOTER));
      try (DqliteClient client = survivor.client()) {
        client.execute("CREATE TABLE t (n INTEGER)");
        client.execute("INSERT INTO t VALUES (7)");
      }
      assertThatThrownBy(() -> NodeTools.recover(settings, alone, TestNode.PATIENCE))
          .hasMessageContaining("still running");
      cluster.nodes().forEach(TestNode::stop);

      NodeTools.recover(settings, alone, TestNode.PATIENCE);

      survivor.start();
      survivor.awaitRunning();
      try (DqliteClient client = survivor.client()) {
        assertThat(client.query("SELECT n FROM t").get(0).whole(0)).isEqualTo(7);
        client.execute("INSERT INTO t VALUES (8)");
        assertThat(client.leader(NodeCalls::members)).isEqualTo(alone);
      }
    }
  }

  @Test
  void aNodeThatHasNotJoinedYetMayBeStartedAgainAndOneThatHasMayNotLoseItsData() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      cluster.start();
      TestNode late = cluster.start();
      late.stop();
      late.start();
      late.awaitRunning();

      cluster.join(Role.VOTER);
      Path mark = late.home().mark();
      await().atMost(TestNode.PATIENCE).until(() -> Files.readString(mark).contains("true"));
      late.stop();
      for (Path file : late.dataFiles("")) {
        Files.delete(file);
      }
      late.start();

      assertThat(late.awaitOffline().why()).contains("is empty, and was not before");
    }
  }

  @Test
  void aNodeStaysWithinItsMemoryUnderLoad() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3);
        DqliteClient client = cluster.leader().client()) {
      client.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)");
      for (int i = 0; i < 2000; i++) {
        client.execute("INSERT INTO t(s) VALUES (?)", "row " + i);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(client.query("SELECT * FROM t")).hasSize(2000);
      }
      for (TestNode node : cluster.nodes()) {
        assertThat(residentMegabytes(node.pid())).isLessThan(90);
      }
    }
  }

  private static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
