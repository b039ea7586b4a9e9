package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.TokenRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that end at any moment. */
class KilledMemberIT {
  @TempDir private Path folder;

  @Test
  void eachMemberIsKilledInTurnUnderWritesAndNothingAcknowledgedIsLost() throws Exception {
    List<String> names = List.of("a", "b", "c");
    try (DaemonCluster cluster = DaemonCluster.of(folder, "a", "b", "c")) {
      Writer writer = new Writer(cluster, names);
      Thread writing = new Thread(writer, "writer");
      writing.start();
      for (String name : names) {
        int before = writer.count();
        await().atMost(SOON).until(() -> writer.count() > before + 20);
        cluster.daemon(name).process().destroyForcibly();
        assertThat(cluster.daemon(name).process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        int without = writer.count();
        await().atMost(SOON).until(() -> writer.count() > without + 20);
        cluster.daemon(name).start();
        cluster.awaitList(name, list -> list.stream().allMatch(m -> m.status().equals("ONLINE")));
      }
      writer.end();
      writing.join(SOON.toMillis());
      for (String name : names) {
        assertThat(cluster.calls(name).tokens())
            .extracting(token -> token.name())
            .as(name)
            .containsAll(writer.acknowledged());
      }
    }
  }

  /** Writes one row after the other, each through the member that takes it. */
  private static final class Writer implements Runnable {
    private final DaemonCluster cluster;
    private final List<String> members;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    Writer(DaemonCluster cluster, List<String> members) {
      this.cluster = cluster;
      this.members = members;
    }

    @Override
    public void run() {
      for (int i = 0; !ended; i++) {
        String name = "row-" + i;
        try {
          cluster.calls(members.get(i % members.size())).addToken(new TokenRequest(name, null));
          acknowledged.add(name);
        } catch (ControlException e) {
          LockSupport.parkNanos(1_000_000); // not acknowledged
        }
      }
    }

    int count() {
      return acknowledged.size();
    }

    List<String> acknowledged() {
      return acknowledged;
    }

    void end() {
      ended = true;
    }
  }
}
