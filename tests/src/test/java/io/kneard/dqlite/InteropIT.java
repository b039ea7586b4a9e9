package io.kneard.dqlite;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Child;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's go-dqlite, an independent implementation of the client, and ours on one database. */
class InteropIT {
  /** What dqlite-demo calls its database. */
  private static final String GO_DATABASE = "demo";

  @TempDir Path folder;

  private String shell(TestNode node, String command) throws IOException, InterruptedException {
    NodeSettings.Network network = node.settings().network().orElseThrow();
    List<String> line =
        new ArrayList<>(List.of("dqlite", "-s", node.settings().address(), "--cert"));
    line.addAll(List.of(network.certificate().toString(), "--key", network.key().toString()));
    line.addAll(List.of(TestNode.DATABASE, command));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theGoClientReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    try (TestCluster cluster = new TestCluster()) {
      TestNode node = cluster.start();
      try (Connection connection = node.open()) {
        connection.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, n)");
        connection.execute("INSERT INTO t VALUES (?, ?, ?, ?)", 1, 2.5, "from Java", null);

        // Its versions format tables differently.
        assertThat(shell(node, "SELECT i, r, s FROM t").replaceAll("[|\\s]+", " "))
            .endsWith("1 2.5 from Java");
        shell(node, "INSERT INTO t VALUES (2, 0.5, 'from Go', NULL)");

        Row row = connection.query("SELECT * FROM t WHERE i = ?", 2).all().get(0);
        assertThat(row.real(1)).isEqualTo(0.5);
        assertThat(row.text(2)).isEqualTo("from Go");
        assertThat(row.isNull(3)).isTrue();
      }
    }
  }

  @Test
  void theGoClientSeesTheSameLeaderAndMembers() throws Exception {
    try (TestCluster cluster = TestCluster.ofVoters(3)) {
      await()
          .atMost(TestNode.PATIENCE)
          .untilAsserted(
              () -> {
                TestNode leader = cluster.leader();
                assertThat(shell(leader, ".leader")).isEqualTo(leader.settings().address());
              });
      String members = shell(cluster.leader(), ".cluster");
      for (TestNode node : cluster.nodes()) {
        assertThat(members).contains(node.settings().address() + "|voter");
      }
    }
  }

  @Test
  void ourClientWorksOnANodeOfTheGoImplementationAndOurNodeOnItsData() throws Exception {
    Path home = TestNode.freshFolder();
    String address = "127.0.0.1:" + FreePort.next();
    String api = "127.0.0.1:" + FreePort.next();
    Path log = folder.resolve("demo.log");
    try (Child demo =
            Child.start(
                log,
                Map.of(),
                List.of("dqlite-demo", "--api", api, "--db", address, "--dir", folder.toString()));
        UnixRelay relay = new UnixRelay(folder.resolve("relay"))) {
      HttpClient http = HttpClient.newHttpClient();
      await()
          .atMost(TestNode.PATIENCE)
          .ignoreExceptions()
          .until(() -> http.send(put(api, "by-go", "1"), discarding()).statusCode() == 200);
      try (Connection connection = Connection.connect(relay.path(), address, TestNode.CALL)) {
        assertThat(connection.cluster().leader()).contains(address);
        connection.open(GO_DATABASE);
        assertThat(connection.query("SELECT value FROM model WHERE key = 'by-go'").all())
            .extracting(row -> row.text(0))
            .containsExactly("1");
        connection.execute("INSERT INTO model VALUES (?, ?)", "by-java", "2");
      }
      assertThat(http.send(get(api, "by-java"), BodyHandlers.ofString()).body().strip())
          .isEqualTo("2");
      demo.stop(TestNode.PATIENCE);
    }
    Files.createDirectory(home);
    Files.move(folder.resolve(address), home.resolve("data"));
    NodeSettings settings =
        new NodeSettings(
            NodeSettings.BOOTSTRAP_ID,
            address,
            home,
            false,
            NodeSettings.DEFAULT_LATENCY,
            0,
            Optional.empty());
    try (TestNode node = TestNode.with(settings).awaitRunning();
        DqliteClient client =
            new DqliteClient(node.node().socket(), address, GO_DATABASE, 1, TestNode.CALL)) {
      assertThat(client.query("SELECT key FROM model ORDER BY key"))
          .extracting(row -> row.text(0))
          .containsExactly("by-go", "by-java");
    }
  }

  private static HttpRequest put(String api, String key, String value) {
    return HttpRequest.newBuilder(URI.create("http://" + api + "/" + key))
        .timeout(TestNode.CALL)
        .PUT(BodyPublishers.ofString(value))
        .build();
  }

  private static HttpRequest get(String api, String key) {
    return HttpRequest.newBuilder(URI.create("http://" + api + "/" + key))
        .timeout(TestNode.CALL)
        .build();
  }
}
