package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's go-dqlite, an independent implementation of the client, and ours on one database. */
class InteropIT {
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
      String said = java.nio.file.Files.readString(output, StandardCharsets.UTF_8).strip();
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

        assertThat(shell(node, "SELECT i, r, s FROM t")).isEqualTo("1|2.5|from Java");
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
      TestNode leader = cluster.leader();
      assertThat(shell(leader, ".leader")).isEqualTo(leader.settings().address());
      String members = shell(leader, ".cluster");
      for (TestNode node : cluster.nodes()) {
        assertThat(members).contains(node.settings().address() + "|voter");
      }
    }
  }
}
