package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.ledger.Ledger;
import io.kneard.testbed.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts with nothing but each other: the lock is in their own database. */
class EmbeddedFailoverIT {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir private Path folder;

  @Test
  void signingMovesAsAskedAndAfterTheLossOfAHostAndNeverTwoSign() throws Exception {
    try (DaemonCluster cluster = new DaemonCluster(folder).embeddedLock()) {
      cluster.form("a", "b", "c");
      assertThat(archivesOfClasses(cluster.daemon("a")))
          .contains("kneard-java.jsa", "kneard-database.jsa");
      String first = awaitSigner(cluster, NAMES);
      await()
          .atMost(SOON)
          .until(
              () ->
                  NAMES.stream()
                      .filter(name -> !name.equals(first))
                      .allMatch(name -> state(cluster, name).equals("Voting")));

      SwitchoverReport moved = cluster.client(first).switchover(new SwitchoverRequest(null));
      assertThat(moved.to()).as(moved.message()).isNotNull().isNotEqualTo(first);
      assertThat(moved.gapMillis()).isLessThan(2_000);

      DaemonProcess lost = cluster.daemon(moved.to());
      List<String> left = NAMES.stream().filter(name -> !name.equals(moved.to())).toList();
      await()
          .atMost(SOON)
          .until(() -> left.stream().allMatch(name -> state(cluster, name).equals("Voting")));
      long killed = System.nanoTime();
      lost.process().destroyForcibly();
      awaitSigner(cluster, left);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(16));
    }
    assertThat(Ledger.judge(folder.resolve("ledger")).overlaps()).isEmpty();
    assertThat(Ledger.judge(folder.resolve("ledger")).handovers()).hasSize(2);
  }

  /** What the daemon and those below it map, so that these classes are there but once. */
  private static Set<String> archivesOfClasses(DaemonProcess host) throws IOException {
    List<ProcessHandle> all = new ArrayList<>(host.process().descendants().toList());
    all.add(host.process().toHandle());
    Set<String> names = new HashSet<>();
    for (ProcessHandle each : all) {
      try (Stream<String> maps = Files.lines(Path.of("/proc/" + each.pid() + "/maps"))) {
        maps.filter(line -> line.endsWith(".jsa"))
            .forEach(line -> names.add(line.substring(line.lastIndexOf('/') + 1)));
      } catch (NoSuchFileException e) {
        // It has ended in the meantime.
      }
    }
    return names;
  }

  private static String state(DaemonCluster cluster, String name) {
    try {
      return cluster.client(name).status().state();
    } catch (ControlException e) {
      return "";
    }
  }

  private static String awaitSigner(DaemonCluster cluster, List<String> asked) {
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> signer(cluster, asked), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<String> signer(DaemonCluster cluster, List<String> asked) {
    for (String name : asked) {
      try {
        ControlClient client = cluster.client(name);
        ActiveValidator active = client.activeValidator();
        if (active.live() && asked.contains(active.nodeId())) {
          return Optional.of(active.nodeId());
        }
      } catch (ControlException e) {
        // Another one knows.
      }
    }
    return Optional.empty();
  }
}
