package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.database.DatabaseState;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.testbed.FreePort;
import io.kneard.tls.Identity;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers, former members and noise get at the two ports of a member. */
class CoreApiIT {
  private static final String TRUSTED = "/core/1.0/ready";

  /** The server's own bound for a request, its answer and its good-bye, and some. */
  private static final Duration BOUND = Duration.ofSeconds(25);

  @TempDir private static Path folder;
  private static ClusterService service;
  private static String address;
  private static Identity own;
  private static Identity stranger;

  @BeforeAll
  static void oneMember() throws Exception {
    address = "127.0.0.1:" + FreePort.pair();
    service = service("a");
    service.bootstrap("a", address);
    own = service.member().member.server();
    stranger = Certificates.make("b", Instant.now());
  }

  @AfterAll
  static void end() {
    service.close();
  }

  private static ClusterService service(String name) {
    return new ClusterService(
        new ClusterSettings(
            folder.resolve(name),
            name,
            Optional.empty(),
            Duration.ofSeconds(1),
            new RolePlan(3, 3),
            "",
            NodeSettings.DEFAULT_LATENCY,
            Optional.empty(),
            "0",
            List.of(),
            List.of()),
        state -> {},
        () -> {});
  }

  private static int status(Identity caller, String method, String path, Object body) {
    PinnedTrust trust = new PinnedTrust(Set.of(cluster()));
    try (ClusterClient client = new ClusterClient(caller, trust)) {
      client.ask(new ClusterClient.Question(address, method, path, body), BOUND);
      return 200;
    } catch (ClusterProblem e) {
      return e.status();
    }
  }

  private static java.security.cert.X509Certificate cluster() {
    return service.running().orElseThrow().member.cluster().certificate();
  }

  @Test
  void whoIsNotTrustedLearnsNoMoreThanWhoThisIs() {
    assertThat(status(stranger, "GET", CoreRoutes.SERVER, null)).isEqualTo(200);
    for (String path : List.of(TRUSTED, CoreRoutes.CLUSTER, CoreRoutes.TOKENS)) {
      assertThat(status(stranger, "GET", path, null)).as(path).isEqualTo(403);
    }
    assertThat(status(stranger, "DELETE", "/core/1.0/cluster/a", null)).isEqualTo(403);
    assertThat(status(stranger, "POST", "/core/internal/sql", Map.of("query", "SELECT 1")))
        .isEqualTo(403);
    assertThat(status(own, "GET", TRUSTED, null)).isEqualTo(200);
  }

  @Test
  void notEvenAMemberReachesWhatIsForAdministratorsOfTheHost() {
    assertThat(status(own, "POST", CoreRoutes.CONTROL, Map.of("bootstrap", true))).isEqualTo(403);
    assertThat(status(own, "POST", CoreRoutes.SHUTDOWN, null)).isEqualTo(403);
    assertThat(status(own, "POST", CoreRoutes.BACKUP, null)).isEqualTo(403);
  }

  @Test
  void unknownPathsAndMethodsAreToldApart() {
    assertThat(status(own, "GET", "/core/2.0", null)).isEqualTo(404);
    assertThat(status(own, "DELETE", TRUSTED, null)).isEqualTo(501);
  }

  @Test
  void aCertificateThatHasEndedIsOfNoUseThoughItIsInTheTrustStore() throws Exception {
    Identity old = Certificates.make("old", Instant.now().minus(Duration.ofDays(4000)));
    service
        .member()
        .member
        .trust
        .add(new TrustedMember("old", "127.0.0.1:1", Certificates.pem(old.certificate())));
    assertThat(status(old, "GET", TRUSTED, null)).isEqualTo(403);
    service.member().member.trust.remove("old");
  }

  @Test
  void membersOfAnotherClusterAreStrangersAndTakeThisOneForAStranger() throws Exception {
    ClusterService other = service("x");
    try {
      other.bootstrap("x", "127.0.0.1:" + FreePort.pair());
      Identity member = other.member().member.server();
      assertThat(status(member, "GET", TRUSTED, null)).isEqualTo(403);
      ClusterClient.Question question =
          new ClusterClient.Question(address, "GET", CoreRoutes.SERVER, null);
      assertThat(other.member().member.client().askAll(Map.of("a", question), BOUND)).isEmpty();
    } finally {
      other.close();
    }
  }

  @Test
  void aHeartbeatFromOneThatDoesNotLeadChangesNothing() {
    Beat beat = new Beat("127.0.0.1:1", 1, 0, List.of(service.running().get().member.trusted()));
    assertThat(status(own, "POST", "/core/internal/heartbeat", beat)).isEqualTo(403);
    assertThat(status(stranger, "POST", "/core/internal/heartbeat", beat)).isEqualTo(403);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String large = "x".repeat(300 * 1024);
    assertThat(status(own, "POST", "/core/internal/sql", Map.of("query", large))).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GET /core/1.0 HTTP/1.1\r\nX: ", "POST /core/1.0/tokens HTTP/1.1\r\n"})
  void whoIsSlowIsSentAwayAndKeepsNobodyElseOut(String begin) throws Exception {
    long begun = System.nanoTime();
    try (Socket slow = tls()) {
      send(slow, begin);
      assertThat(status(own, "GET", TRUSTED, null)).isEqualTo(200);
      while (alive(slow)) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
        if (!begin.isEmpty()) {
          trickle(slow);
        }
      }
    }
  }

  /** Whether the server has not ended it yet; looks for a moment. */
  private static boolean alive(Socket socket) throws IOException {
    socket.setSoTimeout(300);
    try {
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void trickle(Socket socket) {
    try {
      send(socket, "a");
    } catch (IOException e) {
      LockSupport.parkNanos(1); // the next look sees the end
    }
  }

  @Test
  void whateverIsSentBothPortsGoOnServingAndTheDatabaseRuns() throws Exception {
    long pid = pid();
    Noise noise = new Noise(new Random(20_240_501));
    for (int i = 0; i < 200; i++) {
      byte[] bytes = noise.next();
      deliver(tls(), bytes);
      if (i % 4 == 0) {
        deliver(plain(port()), bytes);
        deliver(plain(port() + 1), bytes);
      }
    }
    await().atMost(SOON).until(() -> status(own, "GET", TRUSTED, null) == 200);
    assertThat(service.state()).isEqualTo(new DatabaseState.Online());
    assertThat(pid()).isEqualTo(pid);
    assertThat(service.list()).extracting(member -> member.name()).containsExactly("a");
  }

  @Test
  void noBodyOfATrustedMemberIsAMistakeInTheDaemon() {
    Noise noise = new Noise(new Random(7));
    for (String path :
        List.of("cluster", "heartbeat", "truststore", "sql", "hooks/x", "cluster/none")) {
      for (int i = 0; i < 8; i++) {
        for (String method : List.of("POST", "PUT", "DELETE")) {
          assertThat(status(own, method, "/core/internal/" + path, noise.json()))
              .as("%s %s", method, path)
              .isIn(200, 400, 403, 404, 409, 501);
        }
      }
    }
    assertThat(status(own, "GET", TRUSTED, null)).isEqualTo(200);
  }

  private static long pid() {
    return ((NodeState.Running) service.running().orElseThrow().member.node.state()).pid();
  }

  private static int port() {
    return NodeSettings.parseAddress("address", address).getPort();
  }

  private static Socket plain(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static Socket tls() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            own.context(new PinnedTrust(Set.of(cluster())))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port());
    socket.startHandshake();
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Sends and says that this is all; the answer, if there is one, ends within the bound. */
  private static void deliver(Socket socket, byte[] bytes) throws IOException {
    try (socket) {
      socket.setSoTimeout((int) BOUND.toMillis());
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Cut off: also an end.
    }
  }
}
