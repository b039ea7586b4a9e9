package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.testbed.Kneardctl;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of three hosts as an operator sees them: installed daemons, played kernels. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VolumesOnHostsIT {
  private static final String RESOURCE = "kneard-db";

  @TempDir private static Path folder;
  private static VolumeHosts hosts;

  @BeforeAll
  static void threeHosts() throws Exception {
    hosts = VolumeHosts.start(folder, Map.of(), "a", "b", "c");
  }

  @AfterAll
  static void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Test
  @Order(1)
  void aVolumeIsMadeAttachedAndDetachedByCommands() throws Exception {
    hosts.done("b", "volume", "create", "db", "--size", "64M", "--wait");
    assertThat(hosts.done("c", "volume", "show", "db")).contains("3D", "UpToDate");
    assertThat(Files.readSymbolicLink(hosts.devices("a").resolve("db")))
        .isEqualTo(Path.of("/dev/drbd1000"));
    hosts.done("b", "attach", "db", "a", "--wait");
    assertThat(hosts.kernels().hosts().serves("a", RESOURCE)).isTrue();
    refused("in use on a: detach it first", "volume", "delete", "db", "--yes");
    refused("volumes do not shrink", "volume", "resize", "db", "32M");
    refused("there is no volume none", "volume", "show", "none");
    refused("no member of the cluster", "attach", "db", "none");
    refused("no member of the cluster", "detach", "db", "none");
    hosts.done("a", "detach", "db", "--wait");
    assertThat(hosts.kernels().hosts().serves("a", RESOURCE)).isFalse();
  }

  private static void refused(String why, String... line) throws Exception {
    Kneardctl ran = hosts.ctl("b", line);
    assertThat(ran.status()).as(String.join(" ", line)).isIn(1, 2);
    assertThat(ran.err()).contains(why);
  }

  @Test
  @Order(2)
  void aDaemonKilledBetweenTwoCommandsGoesOnWhereItWas() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    hosts
        .kernels()
        .insteadOf(
            "b",
            line -> line.contains(" new-path "),
            () -> {
              kill("b");
              killed.set(true);
            });
    hosts.done("a", "volume", "create", "cut", "--size", "64M");
    await().atMost(SOON).untilTrue(killed);
    hosts.restart("b");
    VolumeView view = hosts.awaited("b", "cut", VolumeView::settled);
    assertThat(view.replicas()).extracting(ReplicaView::disk).containsOnly("UP_TO_DATE");
    hosts.done("a", "volume", "delete", "cut", "--yes", "--wait");
  }

  private static void kill(String host) {
    try {
      hosts.kill(host);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(3)
  void aHostThatIsLostIsReplacedByAnother() throws Exception {
    hosts.done(
        "a",
        "volume",
        "create",
        "two",
        "--size",
        "64M",
        "--replication",
        "Consistency",
        "--replace-after",
        "2s",
        "--wait");
    VolumeView before = hosts.volume("a", "two");
    assertThat(before.replicas()).hasSize(2);
    List<String> with = before.replicas().stream().map(ReplicaView::host).toList();
    String lost = with.contains("a") ? "a" : with.get(1); // a leads: then another one decides anew
    String left = with.get(with.indexOf(lost) == 0 ? 1 : 0);
    hosts.powerOff(lost);
    VolumeView after =
        hosts.awaited(
            left,
            "two",
            view ->
                view.replicas().stream()
                        .filter(r -> "D".equals(r.type()) && "UP_TO_DATE".equals(r.disk()))
                        .filter(r -> !r.host().equals(lost))
                        .count()
                    == 2);
    assertThat(after.votes()).isEqualTo(2);
    hosts.kernels().hosts().boot(lost);
    hosts.restart(lost);
    VolumeView settled =
        hosts.awaited(left, "two", view -> view.settled() && view.replicas().size() == 2);
    assertThat(settled.replicas()).extracting(ReplicaView::host).doesNotContain(lost);
    assertThat(hosts.kernels().hosts().quorum(lost, "kneard-two")).isFalse();
  }

  @Test
  @Order(4)
  void nothingIsLeftOfADeletedVolume() throws Exception {
    hosts.awaited("a", "db", VolumeView::settled);
    hosts.done("c", "volume", "delete", "db", "--yes", "--wait");
    for (String host : new String[] {"a", "b", "c"}) {
      assertThat(hosts.devices(host).resolve("db")).doesNotExist();
      assertThat(hosts.kernels().hosts().quorum(host, RESOURCE)).isFalse();
      try (var disks = Files.list(folder.resolve(host + "-volumes/disks"))) {
        assertThat(disks.map(Path::getFileName).map(Path::toString))
            .noneMatch(name -> name.startsWith("db."));
      } catch (java.io.IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
