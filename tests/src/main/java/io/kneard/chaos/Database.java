package io.kneard.chaos;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.testbed.HostProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The cluster that the daemons form, whose database has the lock. */
final class Database {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NODE = "dqlite.node.NodeMain";

  private Database() {}

  /** Starts the daemons and makes them one cluster, in which each has a vote. */
  static void form(List<HostProcess> hosts) throws IOException, InterruptedException {
    for (int i = 0; i < hosts.size(); i++) {
      HostProcess host = hosts.get(i);
      host.start();
      await(host.name() + " answers", () -> host.control().status() != null);
      if (i == 0) {
        begin(host, new Control(true, Map.of(), null, null, null));
      } else {
        String[] token = new String[1];
        await(
            "a token for " + host.name(),
            () -> {
              TokenRequest wish = new TokenRequest(host.name(), null);
              token[0] = hosts.get(0).control().cluster().addToken(wish);
              return true;
            });
        begin(host, new Control(false, Map.of(), token[0], null, null));
      }
    }
    await(
        "each member has a vote",
        () ->
            hosts.get(0).control().cluster().list().stream()
                    .filter(m -> m.role().equals("voter") && m.status().equals("ONLINE"))
                    .count()
                == hosts.size());
  }

  private static void begin(HostProcess host, Control wish) throws IOException {
    try {
      host.control().cluster().begin(wish);
    } catch (ControlException e) {
      throw new IOException(host.name() + " gets into no cluster: " + e.getMessage(), e);
    }
  }

  private interface Condition {
    boolean holds() throws ControlException;
  }

  private static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    String why = "";
    while (System.nanoTime() - giveUp < 0) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (ControlException e) {
        why = ": " + e.getMessage();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("not within " + PATIENCE.toSeconds() + " s: " + what + why);
  }

  /** A daemon's node of the database, if it lives. */
  static OptionalLong node(long daemon) {
    return ProcessHandle.of(daemon).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().commandLine().filter(it -> it.contains(NODE)).isPresent())
        .mapToLong(ProcessHandle::pid)
        .findFirst();
  }
}
