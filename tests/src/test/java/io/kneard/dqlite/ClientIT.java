package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kneard.testbed.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire client on a real node: values, large results, transactions, failures. */
class ClientIT {
  private TestNode node;
  private Connection connection;

  @BeforeEach
  void start() throws IOException, DqliteException {
    node = TestNode.alone().awaitRunning();
    connection = node.open();
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    node.close();
  }

  @Test
  void everyTypeOfParameterComesBackAsItWas() throws DqliteException {
    connection.execute(
        "CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n, u DATETIME, d DATETIME, o BOOLEAN)");
    Object[] values = {
      Long.MIN_VALUE,
      -0.1,
      "grün 漢字 🌍",
      new byte[] {0, 1, 2, 3, 4, 5, 6, 7, -1},
      null,
      new Value.UnixTime(1_700_000_000),
      Instant.parse("2026-03-01T12:00:00Z"),
      true
    };

    Result result = connection.execute("INSERT INTO t VALUES (?,?,?,?,?,?,?,?)", values);

    assertThat(result).isEqualTo(new Result(1, 1));
    try (Rows rows = connection.query("SELECT * FROM t")) {
      assertThat(rows.columns()).containsExactly("i", "r", "s", "b", "n", "u", "d", "o");
      assertThat(rows.next().orElseThrow().values())
          .isEqualTo(Arrays.stream(values).map(Value::of).toList());
      assertThat(rows.next()).isEmpty();
    }
  }

  @Test
  void aPreparedStatementRunsAgainAndAgain() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER, s TEXT)");
    Statement insert = connection.prepare("INSERT INTO t VALUES (?, ?)");
    for (int i = 0; i < 3; i++) {
      assertThat(insert.execute(i, "s" + i).lastInsertId()).isEqualTo(i + 1);
    }
    Statement select = connection.prepare("SELECT s FROM t WHERE n = ?");
    assertThat(select.query(1).all()).extracting(row -> row.text(0)).containsExactly("s1");
    assertThat(select.query(2).all()).extracting(row -> row.text(0)).containsExactly("s2");
    assertThatThrownBy(() -> select.query()).hasMessageContaining("the statement has 1");
    select.forget();
    assertThatThrownBy(() -> select.query(1)).isInstanceOf(RequestFailed.class);
  }

  @Test
  void aLargeResultComesInPartsAndCanBeLeftEarly() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER, s TEXT)");
    connection.execute(
        "WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < 9999)"
            + " INSERT INTO t SELECT n, printf('%.100d', n) FROM c");

    assertThat(connection.query("SELECT n FROM t ORDER BY n").all())
        .hasSize(10_000)
        .last()
        .satisfies(row -> assertThat(row.whole(0)).isEqualTo(9999));
    try (Rows rows = connection.query("SELECT * FROM t a, t b")) {
      assertThat(rows.next()).isPresent();
    }
    assertThat(connection.usable()).isFalse();
    try (Connection next = node.open()) {
      assertThat(next.query("SELECT count(*) FROM t").all().get(0).whole(0)).isEqualTo(10_000);
    }
  }

  @Test
  void manyParametersAreSent() throws DqliteException {
    Object[] ones = new Object[255];
    Arrays.fill(ones, 1);
    String sum = "SELECT " + String.join("+", Collections.nCopies(ones.length, "?"));
    assertThat(connection.query(sum, ones).all().get(0).whole(0)).isEqualTo(ones.length);
  }

  @Test
  void whatTheDatabaseRefusesSaysWhyAndHurtsNothing() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER UNIQUE)");
    connection.execute("INSERT INTO t VALUES (1)");

    RequestFailed twice =
        catchThrowableOfType(
            RequestFailed.class, () -> connection.execute("INSERT INTO t VALUES (1)"));
    assertThat(twice.constraint()).isTrue();
    assertThat(twice).hasMessageContaining("UNIQUE constraint failed: t.n");
    assertThatThrownBy(() -> connection.query("SELEKT"))
        .isInstanceOf(RequestFailed.class)
        .hasMessageContaining("syntax error");
    assertThat(connection.query("SELECT n FROM t").all()).hasSize(1);
  }

  @Test
  void aSecondWriterIsToldThatTheDatabaseIsBusy() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER)");
    try (Connection other = node.open()) {
      connection.execute("BEGIN IMMEDIATE");
      RequestFailed busy =
          catchThrowableOfType(
              RequestFailed.class, () -> other.execute("INSERT INTO t VALUES (1)"));
      assertThat(busy.busy()).isTrue();
      connection.execute("COMMIT");
      other.execute("INSERT INTO t VALUES (1)");
    }
  }

  @Test
  void aFrozenNodeEndsCallsInTimeAndOnlyAWriteIsUnknown() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER)");
    try (Connection reader = node.open();
        Connection late = node.open()) {
      connection.timeout(Duration.ofMillis(300));
      reader.timeout(Duration.ofMillis(300));
      late.timeout(Duration.ofMillis(300));
      Signals.freeze(node.pid());

      long start = System.nanoTime();
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (1)"))
          .isInstanceOf(OutcomeUnknown.class)
          .hasMessageContaining("no answer in time");
      assertThatThrownBy(() -> reader.query("SELECT 1")).isInstanceOf(NodeUnreachable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .isInstanceOf(NodeUnreachable.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void aConnectionWhoseNodeHasGoneSendsNothingSoNothingIsUnknown() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER)");
    node.killAndAwaitRestart();
    assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (1)"))
        .isInstanceOf(NodeUnreachable.class);
  }

  @Test
  void whereNoNodeIsNothingIsReached() {
    assertThatThrownBy(
            () -> Connection.connect(Path.of("/nowhere/at/all"), "a:1", Duration.ofSeconds(1)))
        .isInstanceOf(NodeUnreachable.class);
    try (DqliteClient client =
        new DqliteClient(Path.of("/nowhere"), "a:1", "test", 1, Duration.ofMillis(200))) {
      assertThatThrownBy(() -> client.query("SELECT 1"))
          .isInstanceOf(NodeUnreachable.class)
          .hasMessageContaining("no leader");
    }
  }

  @Test
  void aNodeWithoutANetworkReachesNoOther() {
    assertThatThrownBy(
            () -> Connection.connect(node.node().socket(), "127.0.0.1:1", Duration.ofSeconds(5)))
        .isInstanceOf(NodeUnreachable.class)
        .hasMessageContaining("this node has no network");
  }

  @Test
  void theLeaderIsNotDemotedAlthoughTheLibraryWould() throws DqliteException {
    assertThatThrownBy(() -> connection.cluster().assign(node.settings().id(), Role.SPARE))
        .hasMessageContaining("transfer the leadership first");
    assertThat(connection.cluster().members())
        .containsExactly(new Member(node.settings().id(), node.settings().address(), Role.VOTER));
  }

  @Test
  void aNodeSaysItsWeightAndFailureDomain() throws DqliteException {
    connection.cluster().weight(9);
    assertThat(connection.cluster().describe()).isEqualTo(new NodeCalls.Description(0, 9));
  }

  @Test
  void aTransactionIsAllOrNothing() throws DqliteException {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER UNIQUE)");
      assertThatThrownBy(
              () ->
                  client.transaction(
                      session -> {
                        session.execute("INSERT INTO t VALUES (1)");
                        session.execute("INSERT INTO t VALUES (1)");
                        return null;
                      }))
          .isInstanceOf(RequestFailed.class);
      assertThatThrownBy(
              () ->
                  client.transaction(
                      session -> {
                        session.execute("INSERT INTO t VALUES (2)");
                        throw new IllegalStateException("changed my mind");
                      }))
          .hasMessage("changed my mind");
      assertThat(client.query("SELECT * FROM t")).isEmpty();
      client.transaction(session -> session.execute("INSERT INTO t VALUES (3)"));
      assertThat(client.query("SELECT * FROM t")).hasSize(1);
    }
  }

  @Test
  void whoIsRefusedBecauseAnotherWritesKeepsItsConnection() throws DqliteException {
    connection.execute("CREATE TABLE t (n INTEGER)");
    try (Connection other = node.open()) {
      Session session = new Session(other, Deadline.after(Duration.ofSeconds(20)));
      connection.execute("BEGIN IMMEDIATE");
      RequestFailed busy =
          catchThrowableOfType(
              RequestFailed.class,
              () -> Transaction.run(session, it -> it.execute("INSERT INTO t VALUES (1)")));
      assertThat(busy.busy()).isTrue();
      connection.execute("COMMIT");
      Transaction.run(session, it -> it.execute("INSERT INTO t VALUES (2)"));
      assertThat(connection.query("SELECT n FROM t").all())
          .extracting(row -> row.whole(0))
          .containsExactly(2L);
    }
  }

  @Test
  void transactionsOfSeveralThreadsAddUp() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
      client.execute("INSERT INTO t VALUES (0)");
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> increment(client, 10)));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(client.query("SELECT n FROM t").get(0).whole(0)).isEqualTo(40);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void increment(DqliteClient client, int times) throws DqliteException {
    for (int i = 0; i < times; i++) {
      client.transaction(
          session -> {
            long n = session.query("SELECT n FROM t").get(0).whole(0);
            return session.execute("UPDATE t SET n = ?", n + 1);
          });
    }
    return null;
  }

  @Test
  void noTransactionIsLostOrDoneTwiceWhileTheNodeIsKilled() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
      client.execute("INSERT INTO t VALUES (0)");
      int done = 0;
      int unknown = 0;
      for (int i = 0; i < 60; i++) {
        if (i % 20 == 10) {
          Signals.send("KILL", node.awaitRunning().pid());
        }
        try {
          increment(client, 1);
          done++;
        } catch (OutcomeUnknown e) {
          unknown++;
        }
      }
      assertThat(client.query("SELECT n FROM t").get(0).whole(0))
          .isBetween((long) done, (long) done + unknown);
      assertThat(done).isGreaterThan(50);
    }
  }
}
