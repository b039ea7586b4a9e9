package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.FreePort;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real node in its own process, in a folder that is gone afterwards. */
final class TestNode implements AutoCloseable {
  /** Much more than it takes, also on a machine with much else to do. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final Duration CALL = Duration.ofSeconds(30);
  static final String DATABASE = "test";

  /** Longer than the default, so that a busy machine does not make leaders change too often. */
  private static final Duration LATENCY = Duration.ofMillis(60);

  private final NodeSettings settings;
  private final List<NodeState> states = new CopyOnWriteArrayList<>();
  private SupervisedNode node;

  private TestNode(NodeSettings settings) {
    this.settings = settings;
    start();
  }

  /** A cluster of one, without a network. */
  static TestNode alone() throws IOException {
    return new TestNode(
        new NodeSettings(
            NodeSettings.BOOTSTRAP_ID,
            "127.0.0.1:" + FreePort.next(),
            freshFolder(),
            true,
            NodeSettings.DEFAULT_LATENCY,
            0,
            Optional.empty()));
  }

  /** A node that listens; the first of a cluster if {@code first}. */
  static TestNode networked(boolean first, String address, NodeSettings.Network network)
      throws IOException {
    return new TestNode(
        new NodeSettings(
            first ? NodeSettings.BOOTSTRAP_ID : NodeSettings.newId(),
            address,
            freshFolder(),
            true,
            LATENCY,
            0,
            Optional.of(network)));
  }

  /** A node with those settings; its home's parent folder is removed afterwards. */
  static TestNode with(NodeSettings settings) {
    return new TestNode(settings);
  }

  static Path freshFolder() throws IOException {
    return Files.createTempDirectory("dq").resolve("home");
  }

  NodeSettings settings() {
    return settings;
  }

  SupervisedNode node() {
    return node;
  }

  NodeHome home() {
    return new NodeHome(settings.home());
  }

  List<NodeState> states() {
    return states;
  }

  void start() {
    node = SupervisedNode.start(settings, states::add);
  }

  TestNode awaitRunning() {
    await().atMost(PATIENCE).until(() -> node.state() instanceof NodeState.Running);
    return this;
  }

  NodeState.Offline awaitOffline() {
    await().atMost(PATIENCE).until(() -> node.state() instanceof NodeState.Offline);
    return (NodeState.Offline) node.state();
  }

  long pid() {
    assertThat(node.state()).isInstanceOf(NodeState.Running.class);
    return ((NodeState.Running) node.state()).pid();
  }

  /** Sends a signal to the node's process, and waits until it runs again as another one. */
  void killAndAwaitRestart() {
    long before = pid();
    Signals.send("KILL", before);
    await()
        .atMost(PATIENCE)
        .until(() -> node.state() instanceof NodeState.Running running && running.pid() != before);
  }

  Connection connect() throws DqliteException {
    return Connection.connect(node.socket(), settings.address(), CALL);
  }

  /** A connection with the database open, once the node leads. */
  Connection open() throws DqliteException {
    Connection connection = connect();
    await()
        .atMost(PATIENCE)
        .until(() -> connection.cluster().leader().filter(settings.address()::equals).isPresent());
    connection.open(DATABASE);
    return connection;
  }

  DqliteClient client() {
    return new DqliteClient(node.socket(), settings.address(), DATABASE, 4, CALL);
  }

  /** Files of the library whose name begins so. */
  List<Path> dataFiles(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(home().data())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  void stop() {
    node.close();
  }

  @Override
  public void close() throws IOException {
    stop();
    delete(settings.home().getParent());
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
