package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Child;
import io.kneard.testbed.FreePort;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The node and the process that runs it. */
class NodeHostIT {
  private static final Pattern NODE = Pattern.compile("node (\\d+)\\.");

  private static long nodePid(Path log) throws IOException {
    Matcher matcher = NODE.matcher(Files.readString(log));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @Test
  void theNodeDiesWithItsDaemonAndStartsAgainWithTheNext() throws Exception {
    Path home = TestNode.freshFolder();
    NodeSettings settings =
        new NodeSettings(
            NodeSettings.BOOTSTRAP_ID,
            "127.0.0.1:" + FreePort.next(),
            home,
            true,
            NodeSettings.DEFAULT_LATENCY,
            0,
            Optional.empty());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NodeHost.class.getName()));
    command.addAll(settings.arguments());
    try {
      for (int run = 0; run < 2; run++) {
        Path log = home.resolveSibling("log" + run);
        try (Child host = Child.start(log, Map.of(), command)) {
          await().atMost(TestNode.PATIENCE).until(() -> nodePid(log) > 0);
          long node = nodePid(log);
          assertThat(ProcessHandle.of(node)).isPresent();

          if (run == 0) {
            Signals.send("STOP", node); // so that it cannot notice by itself
          }
          host.kill();

          await()
              .atMost(TestNode.PATIENCE)
              .until(() -> ProcessHandle.of(node).filter(ProcessHandle::isAlive).isEmpty());
        }
      }
    } finally {
      TestNode.delete(home.getParent());
    }
  }
}
