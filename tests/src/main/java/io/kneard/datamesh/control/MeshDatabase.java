package io.kneard.datamesh.control;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.database.Schema;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Patience;
import io.kneard.datamesh.intent.Wish;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.testbed.Await;
import io.kneard.testbed.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A real database of one node with the tables of volumes, and three hosts that are said to be. */
public final class MeshDatabase implements AutoCloseable, Members {
  private static final Duration CALL = Duration.ofSeconds(20);

  private final NodeSettings settings;
  private final SupervisedNode node;
  private final List<DqliteClient> clients = new ArrayList<>();
  private final List<String> hosts;

  /** Starts the node in this folder. */
  public MeshDatabase(Path folder, String... hosts) throws Exception {
    this.hosts = List.of(hosts);
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
    Await.until("the node runs", () -> node.state() instanceof NodeState.Running);
    try (DqliteClient client = client()) {
      client.transaction(session -> new Schema(List.of(), MeshTables.STEPS).update(session));
    }
  }

  private DqliteClient client() {
    return new DqliteClient(node.socket(), settings.address(), "cluster", 4, CALL);
  }

  /** A store with connections of its own. */
  public MeshStore store() {
    DqliteClient client = client();
    clients.add(client);
    ClusterDatabase database = new ClusterDatabase(client, client, state -> {});
    database.enter(new DatabaseState.Online());
    return new MeshStore(() -> Optional.of(database), this, () -> {});
  }

  @Override
  public List<Standing> all() {
    return hosts.stream()
        .map(name -> new Standing(name, true, Optional.of(Instant.now())))
        .toList();
  }

  @Override
  public boolean leads() {
    return true;
  }

  /** A host that serves volumes. */
  static HostFacts facts(String ip) {
    return new HostFacts(
        Optional.of("9.2.18"),
        Optional.of("9.31.0"),
        false,
        Optional.empty(),
        0,
        List.of(new HostFacts.PoolFacts("pool", true, 1L << 40, Optional.empty(), "/dev/p/VOLUME")),
        List.of(new HostFacts.Network("net", ip)));
  }

  /** A volume of three copies that its replicas are still to be chosen for. */
  static VolumeDocument fresh(String name, int number) {
    Configuration goal =
        new Configuration(1, 1, Topology.IGNORED, VolumeAccess.PREFERABLY_LOCAL, 1);
    return VolumeDocument.fresh(
        number,
        Optional.empty(),
        new Wish(Mode.MANAGED, goal, Patience.DEFAULT, Set.of(), Optional.empty()),
        new Volume(name, goal, 1 << 30, false, Mesh.NONE, List.of()));
  }

  @Override
  public void close() {
    clients.forEach(DqliteClient::close);
    node.close();
  }
}
