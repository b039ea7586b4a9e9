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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Several nodes over mutual TLS: one cluster from three voters to its last one, since to form one
 * takes longer than most that is done to it.
 */
@Order(1) // takes long, so it begins early
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final String TABLE = "CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, s)";

  /** Half of it is spent on the leader that stands still; the rest is ample for an election. */
  private static final Duration HURRIED = Duration.ofSeconds(12);

  private static final String MANY_ROWS =
      "WITH RECURSIVE c(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM c WHERE n < 2500)"
          + " INSERT OR IGNORE INTO t SELECT n, 'row ' || n FROM c";

  private static final String INSERT = "INSERT OR IGNORE INTO t (n, s) VALUES (?, ?)";

  private static TestCluster cluster;

  @BeforeAll
  static void threeVoters() throws Exception {
    cluster = TestCluster.ofVoters(3);
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void emptyTable(DqliteClient client) throws DqliteException {
    surely(client, "DROP TABLE IF EXISTS t");
    surely(client, TABLE);
  }

  /** Writes what may be written twice, until it is known to be there. */
  private static void surely(DqliteClient client, String sql, Object... parameters)
      throws DqliteException {
    Deadline deadline = Deadline.after(TestNode.PATIENCE);
    while (true) {
      try {
        client.execute(sql, parameters);
        return;
      } catch (OutcomeUnknown e) {
        if (deadline.passed()) {
          throw e;
        }
      }
    }
  }

  private static long count(DqliteClient client, long n) throws DqliteException {
    return client.query("SELECT count(*) FROM t WHERE n = ?", n).get(0).whole(0);
  }

  @Test
  @Order(1)
  void threeNodesBecomeVotersAndAllHaveTheirPlaces() throws Exception {
    try (DqliteClient client = cluster.node(2).client()) {
      List<Member> members = client.leader(NodeCalls::members);
      assertThat(members).hasSize(3).allMatch(member -> member.role() == Role.VOTER);

      emptyTable(client);
      surely(client, INSERT, 7, "seven");
      assertThat(count(client, 7)).isOne();
    }
  }

  @Test
  @Order(2)
  void aNodeStaysWithinItsMemoryUnderLoad() throws Exception {
    try (DqliteClient client = cluster.leader().client()) {
      emptyTable(client);
      surely(client, MANY_ROWS);
      for (int i = 0; i < 400; i++) {
        surely(client, INSERT, i, "row " + i);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(client.query("SELECT * FROM t")).hasSizeGreaterThan(1500);
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

  @Test
  @Order(3)
  void whatWasAcknowledgedOutlivesEachLeaderKilledInTurn() throws Exception {
    try (DqliteClient client = cluster.node(0).client()) {
      emptyTable(client);
      Set<Long> acknowledged = new HashSet<>();
      long next = 0;
      for (int round = 0; round < 3; round++) {
        next = write(client, next, acknowledged);
        TestNode leader = cluster.leader();
        Signals.send("KILL", leader.pid());
        try (DqliteClient other = cluster.other(leader).client()) {
          next = write(other, next, acknowledged);
        }
        leader.awaitRunning();
      }
      Set<Long> found = new HashSet<>();
      client.query("SELECT n FROM t").forEach(row -> found.add(row.whole(0)));
      assertThat(found).containsAll(acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(60);
    }
  }

  private static long write(DqliteClient client, long first, Set<Long> acknowledged)
      throws DqliteException {
    for (long n = first; n < first + 20; n++) {
      try {
        client.execute("INSERT INTO t (n) VALUES (?)", n);
        acknowledged.add(n);
      } catch (OutcomeUnknown e) {
        // It may be there or not.
      }
    }
    return first + 20;
  }

  @Test
  @Order(4)
  void aLeaderThatStandsStillCostsACallAPartOfItsTimeHoweverManyConnectionsThereAre()
      throws Exception {
    TestNode leader = cluster.leader();
    TestNode other = cluster.other(leader);
    try (DqliteClient client =
        new DqliteClient(
            other.node().socket(), other.settings().address(), TestNode.DATABASE, 3, HURRIED)) {
      emptyTable(client);
      useAtOnce(client, 3);
      Signals.freeze(leader.pid());
      client.transaction(session -> session.execute(INSERT, 1, "one"));
      assertThat(count(client, 1)).isOne();
    } finally {
      Signals.send("CONT", leader.pid());
    }
  }

  /** So many connections are open and idle after this. */
  private static void useAtOnce(DqliteClient client, int count) throws Exception {
    CyclicBarrier together = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(threads.submit(() -> client.read(session -> meet(together, session))));
      }
      for (Future<Integer> each : all) {
        each.get(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int meet(CyclicBarrier together, Session session) throws DqliteException {
    List<Row> rows = session.query("SELECT 1");
    try {
      together.await(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return rows.size();
  }

  @Test
  @Order(5)
  void whileNobodyLeadsTheOtherNodesAreNotAskedAgainAndAgain() throws Exception {
    TestNode left = cluster.node(0);
    List<String> asked = new CopyOnWriteArrayList<>();
    cluster.node(1).stop();
    try (UnixRelay relay =
            new UnixRelay(cluster.folder().resolve("relay"), left.node().socket(), asked::add);
        DqliteClient client =
            new DqliteClient(
                relay.path(),
                left.settings().address(),
                TestNode.DATABASE,
                1,
                Duration.ofSeconds(3))) {
      cluster.node(2).stop();
      await().atMost(TestNode.PATIENCE).until(() -> knowsNoLeader(left));
      assertThat(catchThrowable(() -> client.query("SELECT 1")))
          .isInstanceOf(NodeUnreachable.class);
    }
    asked.removeIf(left.settings().address()::equals);
    assertThat(asked).as("each one costs a handshake").hasSizeLessThan(20);
    startAgain(cluster.node(1));
    startAgain(cluster.node(2));
  }

  private static boolean knowsNoLeader(TestNode node) throws DqliteException {
    try (Connection connection = node.connect()) {
      return connection.cluster().leader().isEmpty();
    }
  }

  private static void startAgain(TestNode node) {
    node.start();
    node.awaitRunning();
  }

  @Test
  @Order(6)
  void leadershipIsTransferredAndMembersAreRemoved() throws Exception {
    try (DqliteClient client = cluster.node(1).client()) {
      giveTheLeadTo(cluster.node(1));

      long removed = cluster.node(2).settings().id();
      await()
          .atMost(TestNode.PATIENCE)
          .ignoreExceptionsInstanceOf(DqliteException.class)
          .until(
              () ->
                  client.leader(
                      leader -> {
                        if (leader.members().size() == 3) {
                          leader.remove(removed);
                        }
                        return leader.members();
                      }),
              left -> left.size() == 2 && left.stream().noneMatch(it -> it.id() == removed));
    }
    cluster.node(2).stop();
  }

  private static void giveTheLeadTo(TestNode node) {
    try (DqliteClient client = node.client()) {
      await()
          .atMost(TestNode.PATIENCE)
          .ignoreExceptionsInstanceOf(DqliteException.class)
          .until(
              () ->
                  cluster.leader() == node
                      || client.leader(
                          leader -> {
                            leader.transfer(node.settings().id());
                            return false;
                          }));
    }
  }

  @Test
  @Order(7)
  void aClientGoesOnWithANodeThatHasLostTheLeadMeanwhileAndHasItAgain() throws Exception {
    TestNode leader = cluster.leader();
    try (DqliteClient client = leader.client()) {
      emptyTable(client);
      assertThat(count(client, 1)).isZero();
      giveTheLeadTo(cluster.other(leader));
      giveTheLeadTo(leader);
      assertThat(count(client, 1)).isZero();
      surely(client, INSERT, 1, "one");
      assertThat(count(client, 1)).isOne();
    }
  }

  @Test
  @Order(8)
  void withoutAQuorumAWriteFailsWithinItsTimeAndWorksAgainAfterwards() throws Exception {
    TestNode leader = cluster.leader();
    TestNode other = cluster.other(leader);
    try (DqliteClient client = leader.client()) {
      emptyTable(client);
    }
    other.stop();
    try (DqliteClient hasty =
        new DqliteClient(
            leader.node().socket(),
            leader.settings().address(),
            TestNode.DATABASE,
            1,
            Duration.ofSeconds(3))) {
      assertThat(catchThrowable(() -> hasty.execute(INSERT, 1, "one")))
          .isInstanceOfAny(OutcomeUnknown.class, NodeUnreachable.class, NotLeader.class);
    }
    startAgain(other);
    try (DqliteClient client = leader.client()) {
      surely(client, INSERT, 2, "two");
      assertThat(count(client, 2)).isOne();
    }
  }

  @Test
  @Order(9)
  void afterALostQuorumOneMemberGoesOnAloneWithTheData() throws Exception {
    TestNode survivor = cluster.leader();
    NodeSettings settings = survivor.settings();
    List<Member> alone = List.of(new Member(settings.id(), settings.address(), Role.VOTER));
    try (DqliteClient client = survivor.client()) {
      emptyTable(client);
      surely(client, INSERT, 7, "seven");
    }
    assertThatThrownBy(() -> NodeTools.recover(settings, alone, TestNode.PATIENCE))
        .hasMessageContaining("still running")
        .isInstanceOfSatisfying(
            ToolFailed.class, it -> assertThat(it.kind()).isEqualTo(ToolFailed.Kind.FAILED));
    cluster.nodes().forEach(TestNode::stop);

    NodeTools.recover(settings, alone, TestNode.PATIENCE);

    startAgain(survivor);
    try (DqliteClient client = survivor.client()) {
      assertThat(count(client, 7)).isOne();
      surely(client, INSERT, 8, "eight");
      assertThat(client.leader(NodeCalls::members)).isEqualTo(alone);
    }
  }

  @Test
  @Order(10)
  void aNodeThatHasNotJoinedYetMayBeStartedAgainAndOneThatHasMayNotLoseItsData() throws Exception {
    try (TestCluster another = new TestCluster()) {
      another.start();
      TestNode late = another.start();
      late.stop();
      late.start();
      late.awaitRunning();

      another.join(Role.VOTER);
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
}
