package io.kneard.lock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.database.Schema;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.LeaderLockContract;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock in a real database. */
class EmbeddedLockIT extends LeaderLockContract {
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final LockTiming BRIEF =
      new LockTiming(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ZERO,
          false);

  @TempDir private static Path folder;
  private static NodeSettings settings;
  private static SupervisedNode node;

  private final List<DqliteClient> clients = new ArrayList<>();

  @BeforeAll
  static void startNode() throws Exception {
    settings =
        new NodeSettings(
            NodeSettings.BOOTSTRAP_ID,
            "127.0.0.1:" + FreePort.next(),
            folder.resolve("home"),
            true,
            NodeSettings.DEFAULT_LATENCY,
            0,
            Optional.empty());
    node = SupervisedNode.start(settings, state -> {});
    await().atMost(Duration.ofSeconds(60)).until(() -> node.state() instanceof NodeState.Running);
    try (DqliteClient client = client()) {
      client.transaction(session -> new Schema(List.of(), LockTables.STEPS).update(session));
    }
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @AfterEach
  void closeClients() {
    clients.forEach(DqliteClient::close);
  }

  private static DqliteClient client() {
    return new DqliteClient(node.socket(), settings.address(), "cluster", 4, CALL);
  }

  private ClusterDatabase database() {
    DqliteClient client = client();
    clients.add(client);
    ClusterDatabase database = new ClusterDatabase(client, client, state -> {});
    database.enter(new DatabaseState.Online());
    return database;
  }

  /** With a lock that was there before: one that is missing is watched for a while first. */
  @Override
  protected LeaderLock connect(String account, Holder self, LockTiming timing) throws Exception {
    ClusterDatabase database = database();
    database.transaction(
        session ->
            session.execute(
                "INSERT OR IGNORE INTO lock_leader VALUES"
                    + " (?, 0, 2, '', '', '', 0, 0, '', 0, '', 0)",
                account));
    return new EmbeddedLock(() -> Optional.of(database), () -> {}, account, self, timing);
  }

  private LeaderLock withoutRow(String name) {
    ClusterDatabase database = database();
    return new EmbeddedLock(
        () -> Optional.of(database),
        () -> {},
        "missing",
        new Holder("host of " + name, name),
        BRIEF);
  }

  @Test
  void aLockThatIsMissingIsClosedForAWholeTtlAndThenThereForOne() throws Exception {
    LeaderLock first = withoutRow("n1");
    LeaderLock second = withoutRow("n2");
    String mine = session(first);
    long begun = System.nanoTime();
    Acquisition answer = first.acquire(mine, false);
    assertThat(answer).isEqualTo(new Acquisition.Taken());
    while (!(answer instanceof Acquisition.Acquired)) {
      first.renew(mine);
      answer = first.acquire(mine, false);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(CALL);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(BRIEF.ttl());
    assertThat(((Acquisition.Acquired) answer).epoch()).isEqualTo(1);
    assertThat(second.acquire(session(second), false)).isEqualTo(new Acquisition.Taken());
    first.close();
    second.close();
  }

  @Test
  void aLockWhoseRowIsGoneIsLostWithTheNextRenewal() throws Exception {
    try (LeaderLock lock = connect(account, new Holder("h", "n"), BRIEF)) {
      String mine = session(lock);
      assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
      database()
          .transaction(
              session -> session.execute("DELETE FROM lock_leader WHERE account = ?", account));
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Gone());
    }
  }

  @Test
  void aLockWhoseSessionIsDeletedByHandIsFreeWithoutTheMarkOfARelease() throws Exception {
    try (LeaderLock lock = connect(account, new Holder("h", "n"), BRIEF);
        LeaderLock watcher = connect(account, new Holder("h2", "n2"), BRIEF)) {
      String mine = session(lock);
      assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
      database()
          .transaction(session -> session.execute("DELETE FROM lock_sessions WHERE id = ?", mine));
      Observation.Seen seen = (Observation.Seen) watcher.observe(0, Duration.ofSeconds(1));
      assertThat(seen.session()).isEmpty();
      assertThat(seen.released()).isFalse();
      assertThat(seen.sign()).as("how long its host may go on").isPresent();
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Gone());
    }
  }

  @Test
  void whoIsToldOfAChangeSeesItAtOnceThoughItLooksSeldom() throws Exception {
    try (EmbeddedLock watcher = lock("n2", () -> {});
        EmbeddedLock holder = lock("n1", watcher::lookNow)) {
      String mine = session(holder);
      assertThat(holder.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
      Observation.Seen seen = (Observation.Seen) watcher.observe(0, Duration.ofSeconds(1));
      CompletableFuture<Observation> next =
          CompletableFuture.supplyAsync(() -> watcher.observe(seen.index(), CALL));
      await().until(() -> !next.isDone());
      long begun = System.nanoTime();
      holder.release(mine, Optional.empty());
      Observation after = next.get(CALL.toSeconds(), TimeUnit.SECONDS);
      assertThat(((Observation.Seen) after).released()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(700));
    }
  }

  /** One that looks every second. */
  private EmbeddedLock lock(String node, Runnable tellOthers) throws Exception {
    connect(account, new Holder("h", node), LockTiming.REFERENCE).close();
    ClusterDatabase database = database();
    return new EmbeddedLock(
        () -> Optional.of(database),
        tellOthers,
        account,
        new Holder("h", node),
        LockTiming.REFERENCE);
  }

  @Test
  void aHostInNoClusterIsToldWhatToDo() {
    try (LeaderLock lock =
        new EmbeddedLock(Optional::empty, () -> {}, account, new Holder("h", "n"), BRIEF)) {
      assertThat(lock.open(true))
          .isInstanceOfSatisfying(
              Opening.Unreachable.class,
              none -> assertThat(none.why()).contains("kneardctl cluster bootstrap"));
    }
  }
}
