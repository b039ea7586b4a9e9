package io.kneard.dqlite;

import static org.awaitility.Awaitility.await;

import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real nodes on this machine that talk to each other over mutual TLS. */
final class TestCluster implements AutoCloseable {
  private final Path folder;
  private final Certificates certificates;
  private final Path trusted;
  private final List<TestNode> nodes = new ArrayList<>();

  TestCluster() throws IOException {
    this.folder = Files.createTempDirectory("dqtls");
    this.certificates = new Certificates(folder);
    this.trusted = Files.createFile(folder.resolve("trusted.pem"));
  }

  /** A cluster of that many voters. */
  static TestCluster ofVoters(int count) throws Exception {
    TestCluster cluster = new TestCluster();
    try {
      for (int i = 0; i < count; i++) {
        cluster.start();
      }
      cluster.join(Role.VOTER);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts a further node, whom all trust; the first one is a cluster. */
  TestNode start() throws IOException, InterruptedException {
    Certificates.Pair pair = certificates.make("node" + nodes.size());
    trust(pair);
    return start(pair, trusted);
  }

  /** Starts a further node with that certificate, that trusts these. */
  TestNode start(Certificates.Pair own, Path trusts) throws IOException {
    String address = "127.0.0.1:" + FreePort.next();
    TestNode node =
        TestNode.networked(
            nodes.isEmpty(),
            address,
            new NodeSettings.Network(address, own.certificate(), own.key(), trusts));
    nodes.add(node);
    return node.awaitRunning();
  }

  void trust(Certificates.Pair pair) throws IOException {
    Files.writeString(trusted, Files.readString(trusted) + pair.text());
    nodes.forEach(node -> node.node().reload());
  }

  void trustOnly(Certificates.Pair... pairs) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Certificates.Pair pair : pairs) {
      all.append(pair.text());
    }
    Files.writeString(trusted, all);
    nodes.forEach(node -> node.node().reload());
  }

  Path trusted() {
    return trusted;
  }

  Path folder() {
    return folder;
  }

  Certificates certificates() {
    return certificates;
  }

  /** Makes all started nodes members with that role. */
  void join(Role role) {
    try (DqliteClient client = nodes.get(0).client()) {
      for (TestNode node : nodes.subList(1, nodes.size())) {
        await().atMost(TestNode.PATIENCE).until(() -> has(client, node, role));
      }
    }
  }

  /** Brings a node nearer to its role; the leader may change at any moment. */
  private static boolean has(DqliteClient client, TestNode node, Role role) {
    long id = node.settings().id();
    try {
      return client.leader(
          leader -> {
            Optional<Member> member =
                leader.members().stream().filter(it -> it.id() == id).findFirst();
            if (member.isEmpty()) {
              leader.add(id, node.settings().address());
            }
            if (member.filter(it -> it.role() == role).isEmpty()) {
              leader.assign(id, role);
            }
            return true;
          });
    } catch (DqliteException e) {
      return false;
    }
  }

  TestNode node(int index) {
    return nodes.get(index);
  }

  List<TestNode> nodes() {
    return nodes;
  }

  /** The node that says of itself that it leads. */
  TestNode leader() {
    return await().atMost(TestNode.PATIENCE).until(this::findLeader, Optional::isPresent).get();
  }

  private Optional<TestNode> findLeader() {
    return nodes.stream().filter(TestCluster::leads).findFirst();
  }

  private static boolean leads(TestNode node) {
    if (!(node.node().state() instanceof NodeState.Running)) {
      return false;
    }
    try (Connection connection = node.connect()) {
      return connection.cluster().leader().filter(node.settings().address()::equals).isPresent();
    } catch (DqliteException e) {
      return false;
    }
  }

  TestNode other(TestNode node) {
    return nodes.stream().filter(it -> it != node).findFirst().orElseThrow();
  }

  @Override
  public void close() throws IOException {
    for (TestNode node : nodes) {
      node.close();
    }
    TestNode.delete(folder);
  }
}
