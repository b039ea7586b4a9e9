package io.kneard.simulation;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.database.Schema;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.lock.Holder;
import io.kneard.lock.embedded.EmbeddedLock;
import io.kneard.lock.embedded.LeaderRow;
import io.kneard.lock.embedded.LockTables;
import io.kneard.testbed.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated lock on the model of the database answers as the one that ships on a real one. */
class EmbeddedModelIT {

  /** Free, never taken, and not to be waited for. */
  private static final LeaderRow FREE =
      new LeaderRow(0, 2, "", Optional.empty(), false, false, Optional.empty(), Optional.empty());

  @TempDir private static Path folder;
  private static SupervisedNode node;
  private static DqliteClient client;
  private static ClusterDatabase database;

  @BeforeAll
  static void startDatabase() throws Exception {
    NodeSettings settings =
        new NodeSettings(
            NodeSettings.BOOTSTRAP_ID,
            "127.0.0.1:" + FreePort.next(),
            folder.resolve("home"),
            true,
            NodeSettings.DEFAULT_LATENCY,
            0,
            Optional.empty());
    node = SupervisedNode.start(settings, state -> {});
    await().atMost(SOON).until(() -> node.state() instanceof NodeState.Running);
    client = new DqliteClient(node.socket(), settings.address(), "cluster", 4, SOON);
    client.transaction(session -> new Schema(List.of(), LockTables.STEPS).update(session));
    database = new ClusterDatabase(client, client, state -> {});
    database.enter(new DatabaseState.Online());
  }

  @AfterAll
  static void stopDatabase() {
    client.close();
    node.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 7, 8, 9})
  void bothAnswerAlike(long seed) throws Exception {
    String account = "simulated-" + seed;
    client.execute(
        "INSERT INTO lock_leader VALUES (?, 0, 2, '', '', '', 0, 0, '', 0, '', 0)", account);
    World world =
        new World(new Schedule(seed, Config.EMBEDDED_REFERENCE, List.of()), Measures.all(), null);
    SimulatedLock first = new SimulatedLock(world, world.hosts[0]);
    SimulatedLock second = new SimulatedLock(world, world.hosts[1]);
    first.put(FREE);
    SameCalls calls = new SameCalls();
    try (EmbeddedLock one = real("n1", account);
        EmbeddedLock two = real("n2", account)) {
      calls.make(
          seed,
          () -> { // or nobody could take it for as long as its holder may go on
            client.execute(
                "UPDATE lock_leader SET sign = '', quiet_millis = 0"
                    + " WHERE account = ? AND session = ''",
                account);
            first.forgetSign();
          },
          one,
          two,
          first,
          second);
    }
    assertThat(calls.seen()).as("the lock was taken again").anyMatch(seen -> seen.epoch() > 2);
    assertThat(calls.refused()).as("acquisitions that were refused").isPositive();
  }

  private static EmbeddedLock real(String node, String account) {
    return new EmbeddedLock(
        () -> Optional.of(database),
        () -> {},
        account,
        new Holder(node, node),
        Config.EMBEDDED_REFERENCE.timing());
  }
}
