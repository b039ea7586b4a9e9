package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Signals;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One node in its process: what it survives, and what it refuses. */
@Order(1) // takes long, so it begins early
class NodeIT {
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    node = TestNode.alone().awaitRunning();
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  private void writeRows(int count) throws DqliteException {
    try (Connection connection = node.open()) {
      connection.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
      Statement insert = connection.prepare("INSERT INTO t VALUES (?)");
      for (int i = 0; i < count; i++) {
        insert.execute(i);
      }
    }
  }

  private long rows() throws DqliteException {
    try (Connection connection = node.open()) {
      return connection.query("SELECT count(*) FROM t").all().get(0).whole(0);
    }
  }

  @Test
  void aNodeThatIsKilledComesBackWithItsData() throws DqliteException {
    writeRows(20);

    node.killAndAwaitRestart();

    assertThat(rows()).isEqualTo(20);
    assertThat(node.states())
        .anySatisfy(
            state ->
                assertThat(state)
                    .isInstanceOfSatisfying(
                        NodeState.Down.class,
                        down -> assertThat(down.why()).isEqualTo("it ended by signal 9")));
  }

  @Test
  void aNodeThatIsStoppedComesBackWithItsData() throws DqliteException {
    writeRows(20);

    node.stop();
    assertThat(node.node().state()).isEqualTo(new NodeState.Stopped());
    node.start();
    node.awaitRunning();

    assertThat(rows()).isEqualTo(20);
  }

  @Test
  void aMessageThatAbortsTheLibraryCostsOneRestart() throws IOException, DqliteException {
    writeRows(5);
    long before = node.pid();

    sendDescribeOfUnknownFormat();

    await()
        .atMost(TestNode.PATIENCE)
        .until(
            () ->
                node.node().state() instanceof NodeState.Running running
                    && running.pid() != before);
    assertThat(rows()).isEqualTo(5);
  }

  private void sendDescribeOfUnknownFormat() throws IOException {
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(node.node().socket()));
      byte[] line = (node.settings().address() + "\n").getBytes(StandardCharsets.UTF_8);
      socket.write(ByteBuffer.wrap(line));
      ByteBuffer message = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      message.putLong(1).putInt(1).put((byte) 18).put((byte) 0).putShort((short) 0).putLong(99);
      socket.write(message.flip());
      ByteBuffer answer = ByteBuffer.allocate(64);
      while (socket.read(answer) >= 0 && answer.hasRemaining()) {
        // ok, and then the end.
      }
    }
  }

  @Test
  void aDamagedLogFileTakesTheNodeOfflineAndIsLeftAsItIs() throws IOException, DqliteException {
    writeRows(20);
    node.stop();
    Path last = last(node.dataFiles("0"));
    byte[] good = Files.readAllBytes(last);
    byte[] bad = good.clone();
    for (int i = 0; i < 4; i++) {
      bad[bad.length / 2 + i] ^= (byte) 0xff;
    }
    Files.write(last, bad);

    node.start();

    assertThat(node.awaitOffline().why()).contains(last.toString(), "damaged", "restore");
    assertThat(node.dataFiles("corrupt-")).isEmpty();
    assertThat(Files.readAllBytes(last)).isEqualTo(bad);

    Files.write(last, good);
    node.node().retry();
    node.awaitRunning();
    assertThat(rows()).isEqualTo(20);
  }

  @Test
  void damageInTheMiddleOfAnOpenLogFileTakesTheNodeOffline() throws IOException, DqliteException {
    writeRows(20);
    long pid = node.pid();
    Signals.freeze(pid); // so that it does not close its files
    Path open = node.dataFiles("open-").get(0);
    byte[] content = Files.readAllBytes(open);
    content[9000] ^= 1;
    Files.write(open, content);

    Signals.send("KILL", pid);

    assertThat(node.awaitOffline().why()).contains(open.toString(), "damaged");
  }

  @Test
  void anEmptiedFolderTakesTheNodeOffline() throws IOException, DqliteException {
    writeRows(5);
    node.stop();
    for (Path file : node.dataFiles("")) {
      Files.delete(file);
    }

    node.start();

    assertThat(node.awaitOffline().why()).contains("is empty, and was not before", "restore");
    assertThat(node.dataFiles("")).isEmpty();
  }

  @Test
  void aMissingFolderIsNotReplacedByAnEmptyDatabase() throws IOException {
    node.stop();
    NodeSettings mine = node.settings();
    NodeSettings later =
        new NodeSettings(
            mine.id(),
            mine.address(),
            mine.home().resolveSibling("elsewhere"),
            false,
            mine.latency(),
            mine.failureDomain(),
            mine.network());
    SupervisedNode moved = SupervisedNode.start(later, state -> {});
    try {
      await().atMost(TestNode.PATIENCE).until(() -> moved.state() instanceof NodeState.Offline);
      assertThat(((NodeState.Offline) moved.state()).why()).contains("is missing");
    } finally {
      moved.close();
    }
    assertThat(later.home()).doesNotExist();
  }

  @Test
  void filesThatTheLibrarySetAsideTakeTheNodeOffline() throws IOException {
    node.stop();
    Files.writeString(node.home().data().resolve("corrupt-1-open-1"), "x");

    node.start();

    assertThat(node.awaitOffline().why()).contains("corrupt-1-open-1", "set aside");
  }

  @Test
  void aSecondNodeOnOneFolderIsRefused() throws DqliteException {
    SupervisedNode second = SupervisedNode.start(node.settings(), state -> {});
    try {
      await().atMost(TestNode.PATIENCE).until(() -> second.state() instanceof NodeState.Down);
      assertThat(((NodeState.Down) second.state()).why())
          .contains(node.settings().home().toString(), "still running");
    } finally {
      second.close();
    }
    writeRows(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void anotherNodesFolderIsRefused() {
    node.stop();
    NodeSettings mine = node.settings();
    NodeSettings other =
        new NodeSettings(
            77,
            mine.address(),
            mine.home(),
            true,
            mine.latency(),
            mine.failureDomain(),
            mine.network());
    SupervisedNode second = SupervisedNode.start(other, state -> {});
    try {
      await().atMost(TestNode.PATIENCE).until(() -> second.state() instanceof NodeState.Offline);
      assertThat(((NodeState.Offline) second.state()).why())
          .contains("belongs to node " + mine.id(), "this is node 77");
    } finally {
      second.close();
    }
  }

  @Test
  void signalsThatAreMeantForTheDaemonDoNotEndTheNode() throws DqliteException {
    long pid = node.pid();
    for (String signal : List.of("HUP", "INT", "TERM")) {
      Signals.send(signal, pid);
    }

    writeRows(5);

    assertThat(rows()).isEqualTo(5);
    assertThat(node.pid()).isEqualTo(pid);
  }

  @Test
  void aNodeThatHangsIsStartedAgain() {
    long before = node.pid();
    Signals.freeze(before);

    await()
        .atMost(TestNode.PATIENCE)
        .until(
            () ->
                node.node().state() instanceof NodeState.Running running
                    && running.pid() != before);
  }

  @Test
  void nobodyElseReachesTheDataOrTheSocket() throws IOException {
    assertThat(mode(node.home().folder())).isEqualTo("rwx------");
    assertThat(mode(node.home().data())).isEqualTo("rwx------");
    assertThat(mode(node.home().socket())).isEqualTo("rw-------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Path last(List<Path> files) {
    return files.get(files.size() - 1);
  }
}
