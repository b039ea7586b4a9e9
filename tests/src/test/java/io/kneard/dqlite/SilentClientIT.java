package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who has begun a transaction and is not heard of any more, such as a program that is stopped. */
class SilentClientIT {
  /** Much less than anybody else would wait otherwise, on a machine with much else to do. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private static TestCluster cluster;
  private static TestNode leader;

  @BeforeAll
  static void twoNodes() throws Exception {
    cluster = TestCluster.ofVoters(2);
    leader = cluster.leader();
    try (DqliteClient client = leader.client()) {
      client.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY)");
    }
  }

  @AfterAll
  static void end() throws Exception {
    cluster.close();
  }

  private static void othersWriteSoonAndItsWorkIsUndone(TestNode through, long n)
      throws DqliteException {
    try (Connection silent =
            Connection.connect(
                through.node().socket(), leader.settings().address(), TestNode.CALL);
        DqliteClient other = leader.client()) {
      silent.open(TestNode.DATABASE);
      silent.execute("BEGIN IMMEDIATE");
      silent.execute("INSERT INTO t (n) VALUES (?)", n);
      long begin = System.nanoTime();
      other.execute("INSERT INTO t (n) VALUES (?)", n + 1);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
      assertThat(other.query("SELECT n FROM t WHERE n = ?", n)).isEmpty();
      assertThatThrownBy(() -> silent.execute("COMMIT")).isInstanceOf(DqliteException.class);
    }
  }

  @Test
  void onTheLeadersHostKeepsOthersFromWritingForAMomentOnly() throws Exception {
    othersWriteSoonAndItsWorkIsUndone(leader, 10);
  }

  @Test
  void onAnotherHostKeepsOthersFromWritingForAMomentOnly() throws Exception {
    othersWriteSoonAndItsWorkIsUndone(cluster.other(leader), 20);
  }

  @Test
  void withoutATransactionItsConnectionStays() throws Exception {
    try (Connection silent = leader.connect()) {
      silent.open(TestNode.DATABASE);
      silent.execute("INSERT INTO t (n) VALUES (30)");
      othersWriteSoonAndItsWorkIsUndone(leader, 40);
      silent.execute("INSERT INTO t (n) VALUES (31)");
      assertThat(silent.usable()).isTrue();
    }
  }
}
