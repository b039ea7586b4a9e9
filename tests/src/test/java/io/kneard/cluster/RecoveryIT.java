package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.MeshCalls;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.ctl.api.cluster.TokenRecord;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.api.mesh.ClassWish;
import io.kneard.testbed.Kneardctl;
import io.kneard.testbed.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Most voters are lost for good, and one member goes on. */
class RecoveryIT {
  @TempDir private Path folder;

  @Test
  void oneOfThreeGoesOnAloneAndAnotherComesBackWithItsArchive() throws Exception {
    try (DaemonCluster cluster = DaemonCluster.of(folder, "a", "b", "c")) {
      cluster.calls("a").addToken(new TokenRequest("later", null));
      assertRefused(cluster, "The daemon runs", "--yes");

      stop(cluster, "a");
      assertRefused(cluster, "stop it there first", "--yes");
      kill(cluster, "c");
      Signals.freeze(cluster.daemon("b").process().pid());
      assertRefused(cluster, "b: the daemon there listens and does not answer", "--yes");
      kill(cluster, "b");
      Kneardctl asked = recover(cluster);
      assertThat(asked.err())
          .contains("would go on alone", "Left out: b, c.", "Type yes", "Nothing was changed");
      assertThat(asked.status()).isEqualTo(1);
      assertThat(aside(cluster.state("a"), "recovery-")).as("changed").isEmpty();

      Kneardctl done = recover(cluster, "--yes", "--json");
      assertThat(done.status()).as(done.err()).isZero();
      RecoveryReport report = ControlJson.get().readValue(done.out(), RecoveryReport.class);
      assertThat(report.others()).containsExactly("b", "c");
      assertThat(report.entry()).isPositive();
      assertThat(Path.of(report.backup()).resolve("data")).isNotEmptyDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive(report))))
          .isEqualTo("rw-------");

      cluster.daemon("a").start();
      List<ClusterMember> alone = awaitOnline(cluster, "a", 1);
      assertThat(member(alone, "a").role()).isEqualTo("voter");
      assertThat(names(cluster.calls("a").tokens())).containsExactly("b", "c", "later");

      Path place = cluster.state("b").resolve("recovery.yaml");
      Files.copy(archive(report), place);
      cluster.daemon("b").start();
      List<ClusterMember> both = awaitOnline(cluster, "b", 2);
      assertThat(both).extracting(ClusterMember::name).containsExactly("a", "b");
      assertThat(names(cluster.calls("b").tokens())).containsExactly("c", "later");
      assertThat(place).doesNotExist();
      Path before = aside(cluster.state("b"), "set-aside-").orElseThrow();
      assertThat(before.resolve("database/data")).isNotEmptyDirectory();

      cluster.daemon("c").start();
      cluster.awaitAnswer("c");
      cluster.calls("a").addToken(new TokenRequest("after", null));
      awaitOnline(cluster, "b", 2);
      assertThatThrownBy(() -> cluster.calls("c").list())
          .as("it has the old data, and nobody who wants them")
          .hasMessageContaining("Database is");

      kill(cluster, "c");
      Files.copy(archive(report), cluster.state("c").resolve("recovery.yaml"));
      cluster.daemon("c").start();
      awaitOnline(cluster, "c", 3);
    }
  }

  @Test
  void aClusterBeginsAnewWithWhatABackupHas() throws Exception {
    try (DaemonCluster cluster = DaemonCluster.of(folder, "a")) {
      MeshCalls mesh = cluster.client("a").mesh();
      mesh.createClass(new ClassWish("before", null, null, null));
      cluster.calls("a").addToken(new TokenRequest("used-since", null));
      Path backup = Path.of(cluster.calls("a").backup().folder());
      mesh.createClass(new ClassWish("after", null, null, null));
      stop(cluster, "a");

      assertRefused(cluster, "/nowhere: no backup of a cluster", "--backup=/nowhere", "--yes");
      Path damaged = Files.createDirectory(folder.resolve("damaged"));
      Files.writeString(damaged.resolve("cluster"), "no database, only some words");
      assertRefused(cluster, "the backup is damaged", "--backup=" + damaged, "--yes");
      Kneardctl asked = recover(cluster, "--backup=" + backup);
      assertThat(asked.err())
          .contains(
              backup + " has.", "All that was written after that backup", "Nothing was changed");
      Kneardctl done = recover(cluster, "--backup=" + backup, "--yes");
      assertThat(done.status()).as(done.err()).isZero();

      cluster.daemon("a").start();
      awaitOnline(cluster, "a", 1);
      assertThat(mesh.classes()).extracting(ClassView::name).containsExactly("before");
      assertThat(cluster.calls("a").tokens()).as("good no more").isEmpty();
      cluster.awaitList("a", list -> member(list, "a").role().equals("voter"));
    }
  }

  private static void assertRefused(DaemonCluster cluster, String why, String... options)
      throws Exception {
    Kneardctl refused = recover(cluster, options);
    assertThat(refused.err()).contains(why);
    assertThat(refused.status()).isEqualTo(1);
  }

  private static Kneardctl recover(DaemonCluster cluster, String... options) throws Exception {
    String[] command =
        Stream.concat(Stream.of("cluster", "recover"), Stream.of(options)).toArray(String[]::new);
    return Kneardctl.run(cluster.daemon("a").environment(), cluster.socket("a"), command);
  }

  private static Path archive(RecoveryReport report) {
    return Path.of(report.archive());
  }

  private static Optional<Path> aside(Path state, String prefix) throws Exception {
    try (Stream<Path> all = Files.list(state.resolve("backups"))) {
      return all.filter(each -> each.getFileName().toString().startsWith(prefix)).findFirst();
    }
  }

  private static List<ClusterMember> awaitOnline(DaemonCluster cluster, String through, int count) {
    return cluster.awaitList(
        through,
        list -> list.size() == count && list.stream().allMatch(m -> m.status().equals("ONLINE")));
  }

  private static List<String> names(List<TokenRecord> tokens) {
    return tokens.stream().map(TokenRecord::name).toList();
  }

  private static void stop(DaemonCluster cluster, String name) throws Exception {
    cluster.daemon(name).process().destroy();
    assertThat(cluster.daemon(name).process().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void kill(DaemonCluster cluster, String name) throws Exception {
    cluster.daemon(name).process().destroyForcibly();
    assertThat(cluster.daemon(name).process().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
