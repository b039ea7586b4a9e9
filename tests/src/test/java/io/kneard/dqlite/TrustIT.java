package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Who may talk to a node over the network, and that nothing is open besides. */
@Order(1) // takes long, so it begins early
class TrustIT {
  private static Optional<String> leaderSeenBy(TestNode from, TestNode asked)
      throws DqliteException {
    try (Connection connection =
        Connection.connect(from.node().socket(), asked.settings().address(), TestNode.CALL)) {
      return connection.cluster().leader();
    }
  }

  @Test
  void aNodeThatIsTrustedReachesAnother() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      TestNode second = cluster.start();

      assertThat(leaderSeenBy(second, first)).contains(first.settings().address());
    }
  }

  @Test
  void aNodeThatIsNotTrustedIsTurnedAway() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      TestNode stranger = cluster.start(cluster.certificates().make("stranger"), cluster.trusted());

      assertThatThrownBy(() -> leaderSeenBy(stranger, first)).isInstanceOf(NodeUnreachable.class);
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNotTalkedTo() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      Certificates.Pair own = cluster.certificates().make("doubter");
      cluster.trust(own);
      Path onlyItself = Files.writeString(cluster.folder().resolve("only.pem"), own.text());
      TestNode doubter = cluster.start(own, onlyItself);

      assertThatThrownBy(() -> leaderSeenBy(doubter, first))
          .isInstanceOf(NodeUnreachable.class)
          .hasMessageContaining("CN=node0 is not trusted");
    }
  }

  @Test
  void anExpiredCertificateIsTurnedAway() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      Certificates.Pair old = cluster.certificates().expired("old");
      cluster.trust(old);
      TestNode late = cluster.start(old, cluster.trusted());

      assertThatThrownBy(() -> leaderSeenBy(late, first)).isInstanceOf(NodeUnreachable.class);
    }
  }

  @Test
  void aNodeThatIsNoLongerTrustedIsCutOffAtOnce() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      Certificates.Pair pair = cluster.certificates().make("former");
      cluster.trust(pair);
      TestNode former = cluster.start(pair, cluster.trusted());
      try (Connection open =
          Connection.connect(former.node().socket(), first.settings().address(), TestNode.CALL)) {
        await().atMost(TestNode.PATIENCE).until(() -> open.cluster().leader().isPresent());

        cluster.trustOnly(
            new Certificates.Pair(first.settings().network().get().certificate(), null));

        await()
            .atMost(TestNode.PATIENCE)
            .untilAsserted(
                () ->
                    assertThatThrownBy(() -> open.cluster().leader())
                        .isInstanceOf(NodeUnreachable.class));
      }
      assertThatThrownBy(() -> leaderSeenBy(former, first)).isInstanceOf(NodeUnreachable.class);
    }
  }

  @Test
  void plainAndMalformedBytesOnTheNetworkPortHarmNobody() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      long pid = first.pid();
      for (String junk :
          List.of("GET / HTTP/1.0\r\n\r\n", "\u0001\0\0\0\0\0\0\0", "x".repeat(9999))) {
        try (Socket socket = connectTo(first)) {
          OutputStream out = socket.getOutputStream();
          out.write(junk.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          socket.setSoTimeout((int) TestNode.PATIENCE.toMillis());
          assertThat(readToTheEnd(socket)).isLessThan(1000);
        }
      }
      assertThat(first.pid()).isEqualTo(pid);
      assertThat(leaderSeenBy(first, first)).isPresent();
    }
  }

  @Test
  void visitorsThatSayNothingAreSentAwayAndDoNotKeepOthersOut() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode first = cluster.start();
      TestNode second = cluster.start();
      List<Socket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 40; i++) {
          silent.add(connectTo(first));
        }
        await()
            .atMost(TestNode.PATIENCE)
            .ignoreExceptions()
            .until(() -> leaderSeenBy(second, first).isPresent());
        for (Socket socket : silent) {
          socket.setSoTimeout((int) TestNode.PATIENCE.toMillis());
          readToTheEnd(socket);
        }
      } finally {
        for (Socket socket : silent) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aNodeWithoutANetworkListensOnNoPort() throws Exception {
    try (TestNode node = TestNode.alone().awaitRunning()) {
      assertThat(listeningPorts(node.pid())).isEmpty();
    }
  }

  @Test
  void aNodeListensOnItsOwnPortOnly() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode node = cluster.start();
      int port = NodeSettings.parseAddress("address", node.settings().address()).getPort();
      assertThat(listeningPorts(node.pid())).containsExactly(port);
    }
  }

  private static Socket connectTo(TestNode node) throws IOException {
    return new Socket(
        InetAddress.getLoopbackAddress(),
        NodeSettings.parseAddress("address", node.settings().address()).getPort());
  }

  private static int readToTheEnd(Socket socket) throws IOException {
    int count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Reset: also an end.
    }
    return count;
  }

  /** Of TCP over IPv4 and IPv6, from /proc. */
  private static Set<Integer> listeningPorts(long pid) throws IOException {
    Set<String> inodes;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      inodes = descriptors.map(TrustIT::link).collect(Collectors.toSet());
    }
    Pattern line =
        Pattern.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ 0A (?:\\S+ +){5}(\\d+) .*");
    Stream<String> lines =
        Stream.concat(
            Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp")).stream(),
            Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp6")).stream());
    return lines
        .map(line::matcher)
        .filter(Matcher::matches)
        .filter(it -> inodes.contains("socket:[" + it.group(2) + "]"))
        .map(it -> Integer.parseInt(it.group(1), 16))
        .collect(Collectors.toSet());
  }

  private static String link(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed in the meantime
    }
  }
}
