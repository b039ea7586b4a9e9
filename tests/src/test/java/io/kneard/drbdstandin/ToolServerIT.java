package io.kneard.drbdstandin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.drbd.Command;
import io.kneard.drbd.Processes;
import io.kneard.drbd.Ran;
import io.kneard.drbd.Tool;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that daemons run in place of drbd-utils, as they are typed. */
class ToolServerIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long BYTES = 64 << 20;

  @TempDir private Path folder;
  private ToolServer server;

  @BeforeEach
  void begin() throws Exception {
    server = new ToolServer(new Hosts("9.2.18", 1 << 20));
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  private Ran run(String host, Tool tool, String... arguments) throws Exception {
    return new Processes(HostVariables.of(server, host, 1, folder), folder)
        .run(new Command(tool, List.of(arguments), BOUND, Set.of()));
  }

  private String done(String host, Tool tool, String... arguments) throws Exception {
    Ran ran = run(host, tool, arguments);
    assertThat(ran.exit()).as("%s: %s", List.of(arguments), ran.err()).isZero();
    return ran.out();
  }

  private void setup(String host, String... arguments) throws Exception {
    done(host, Tool.DRBDSETUP, arguments);
  }

  private String disk(String host) throws Exception {
    Path file = folder.resolve(host + ".disk");
    if (Files.notExists(file)) {
      try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
        made.setLength(BYTES);
      }
    }
    done(host, Tool.LOSETUP, "--find", "--nooverlap", file.toString());
    String listed = done(host, Tool.LOSETUP, "--list", "--json", "--associated", file.toString());
    assertThat(listed).contains("\"back-file\" : \"" + file + "\"");
    return listed.replaceAll("(?s).*\"name\" : \"([^\"]+)\".*", "$1");
  }

  private void up(String host, int id, String other, int otherId) throws Exception {
    String device = disk(host);
    done(host, Tool.DRBDMETA, "1000", "v09", device, "internal", "create-md", "--force", "7");
    setup(host, "new-resource", "r", "" + id, "--quorum=2");
    setup(host, "new-minor", "r", "1000", "0");
    setup(host, "attach", "1000", device, device, "internal");
    setup(host, "new-peer", "r", "" + otherId, "--_name=" + other);
    setup(host, "new-path", "r", "" + otherId, "10.0.0." + id + ":7", "10.0.0." + otherId + ":7");
    setup(host, "connect", "r", "" + otherId);
  }

  @Test
  void theProgramsAnswerAsTheRealOnesDo() throws Exception {
    assertThat(done("a", Tool.DRBDADM, "--version")).contains("DRBD_KERNEL_VERSION=9.2.18");
    assertThat(done("a", Tool.DRBDSETUP, "status")).contains("No currently configured DRBD");
    assertThat(run("a", Tool.DRBDSETUP, "primary", "r").exit()).isEqualTo(10);
    assertThat(run("a", Tool.DRBDSETUP, "primary", "r").err()).contains("Failure: (158)");
    assertThat(run("a", Tool.BLKID, "--probe", disk("a")).exit()).isEqualTo(2);
    up("a", 1, "b", 2);
    assertThat(run("a", Tool.DRBDSETUP, "primary", "r").exit()).isEqualTo(17);
    up("b", 2, "a", 1);
    setup("a", "new-current-uuid", "1000", "--clear-bitmap");
    setup("a", "primary", "r");
    assertThat(done("b", Tool.DRBDSETUP, "status", "r"))
        .contains("r role:Secondary", "disk:UpToDate", "a role:Primary");
    assertThat(done("b", Tool.DRBDSETUP, "status", "--json"))
        .contains("\"peer-role\" : \"Primary\"");
    assertThat(run("b", Tool.DRBDSETUP, "primary", "r").err()).contains("(-1)");
  }

  @Test
  void whatIsOnADiskOutlastsThePowerAndTheRestDoesNot() throws Exception {
    up("a", 1, "b", 2);
    done("a", Tool.DRBDSETUP, "down", "r");
    String before = disk("a");
    done("a", Tool.DRBDMETA, "-f", "1000", "v09", before, "internal", "write-dev-uuid", "ABC");
    server.hosts().crash("a");
    server.hosts().boot("a");
    assertThat(done("a", Tool.LOSETUP, "--list", "--json")).isBlank();
    assertThat(done("a", Tool.DRBDMETA, "1000", "v09", disk("a"), "internal", "read-dev-uuid"))
        .isEqualTo("ABC\n");
  }

  @Test
  void eventsAreToldAsTheyHappen() throws Exception {
    Path told = folder.resolve("events");
    ProcessBuilder builder =
        new ProcessBuilder(ToolServer.folder().resolve("drbdsetup").toString(), "events2")
            .redirectOutput(told.toFile());
    builder.environment().put(ToolServer.VARIABLE, server.address("a"));
    Process events = builder.start();
    try {
      await().atMost(BOUND).until(() -> Files.readString(told).contains("exists -\n"));
      up("a", 1, "b", 2);
      up("b", 2, "a", 1);
      await()
          .atMost(BOUND)
          .until(
              () ->
                  Files.readString(told)
                      .contains(
                          "change connection name:r peer-node-id:2 conn-name:b"
                              + " connection:Connected role:Secondary\n"));
      server.hosts().crash("b");
      await().atMost(BOUND).until(() -> Files.readString(told).contains("connection:Connecting"));
    } finally {
      events.destroyForcibly();
    }
  }

  @Test
  void aCommandThatIsInterruptedIsNotCarriedOut() throws Exception {
    server.insteadOf("a", line -> line.contains("new-resource"), () -> {});
    assertThat(run("a", Tool.DRBDSETUP, "new-resource", "r", "1").exit()).isEqualTo(20);
    assertThat(run("a", Tool.DRBDSETUP, "primary", "r").err()).contains("(158)");
    setup("a", "new-resource", "r", "1");
  }
}
