package io.kneard.ctl;

import static io.kneard.ctl.api.FakeDaemon.ok;
import static io.kneard.ctl.api.FakeDaemon.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.FakeDaemon;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.api.mesh.ExportView;
import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.ReplicaView.LinkView;
import io.kneard.ctl.api.mesh.TransitionView;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.api.mesh.VolumeWish;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MeshCommandsTest {
  private static final ReplicaView[] BOTH = {
    replica(0, "host-1", 1, "host-2"), replica(1, "host-2", 0, "host-1")
  };
  private static final VolumeView SETTLED = view(true, "2/2 voters reachable", BOTH);
  private static final VolumeView FORMING = view(false, "Forming: waiting for #1", BOTH);

  @TempDir Path folder;
  private FakeDaemon daemon;
  private Cli cli;

  @BeforeEach
  void start() {
    daemon = new FakeDaemon(folder);
    cli = new Cli(daemon.socket());
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private static ReplicaView replica(int id, String host, int peer, String other) {
    return new ReplicaView(
        id,
        host,
        "",
        "ssd",
        "D",
        "D",
        true,
        7L,
        "UP_TO_DATE",
        true,
        id == 0,
        id == 0,
        false,
        null,
        "Diskful, UpToDate",
        id == 0 ? "attached" : "",
        "Diskful on " + host + ": most room",
        List.of(new LinkView(peer, other, true, "UP_TO_DATE", false, null, null)));
  }

  private static VolumeView view(boolean settled, String state, ReplicaView... replicas) {
    return new VolumeView(
        "db",
        0,
        "/dev/kneard/db",
        false,
        state.startsWith("being deleted"),
        10L << 30,
        10L << 30,
        "2D (FTT-BDL=1, FTT-BUA=0)",
        "2D (FTT-BDL=1, FTT-BUA=0)",
        "ignored",
        "any",
        1,
        "formed",
        7,
        2,
        2,
        false,
        "2/2 voters reachable, 2/2 UpToDate; FTT-BUA=0, FTT-BDL=1",
        0,
        1,
        0,
        1,
        settled,
        state,
        "2D, managed",
        List.of(replicas),
        settled
            ? List.of()
            : List.of(
                new TransitionView(
                    "Forming: waiting for #1", List.of("✦ → members", "seed", "formed"), 1)),
        List.of(),
        List.of());
  }

  private VolumeWish wish(int request) throws JsonProcessingException {
    return ControlJson.get().readValue(daemon.requests().get(request).body(), VolumeWish.class);
  }

  @Test
  void aVolumeIsMadeOfWhatWasSaid() throws Exception {
    daemon.on("POST", "/v1/volumes", ok(SETTLED));
    int code =
        cli.run(
            "volume",
            "create",
            "db",
            "--size",
            "10G",
            "--replication",
            "Consistency",
            "--hosts",
            "a,b",
            "--replace-after",
            "10m");
    assertThat(code).as(cli.err()).isZero();
    assertThat(wish(0).size()).isEqualTo(10L << 30);
    assertThat(wish(0).fttBdl()).isEqualTo(1);
    assertThat(wish(0).fttBua()).isZero();
    assertThat(wish(0).hosts()).containsExactly("a", "b");
    assertThat(wish(0).replaceAfterSeconds()).isEqualTo(600);
    assertThat(wish(0).manual()).isFalse();
    cli.run("volume", "create", "db", "--size", "1T", "--replica", "a=D", "--replica", "b=TB");
    assertThat(wish(1).manual()).isTrue();
    assertThat(wish(1).replicas()).isEqualTo(Map.of("a", "D", "b", "TB"));
  }

  @Test
  void showDrawsTheMesh() {
    daemon.on("GET", "/v1/volumes/db", ok(SETTLED));
    assertThat(cli.run("volume", "show", "db")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            volume      db, /dev/kneard/db
            state       settled
            size        10G
            layout      2D (FTT-BDL=1, FTT-BUA=0)
            protection  2/2 voters reachable, 2/2 UpToDate; FTT-BUA=0, FTT-BDL=1
            survives    0 of 0 failures wanted before I/O stops, 1 of 1 before data is lost
            quorum      q=2, qmr=2
            mode        managed, access any, topology ignored, at most 1 attached
            revision    7, formed

            id  host    zone  type  disk      applied  use       what happens
            #0  host-1  -     D     UpToDate  7        attached  Diskful, UpToDate; attached
            #1  host-2  -     D     UpToDate  7        -         Diskful, UpToDate

            sees       #0        #1
            #0 host-1  ·         UpToDate
            #1 host-2  UpToDate  ·
            """);
    assertThat(cli.run("volume", "why", "db")).isZero();
    assertThat(cli.out()).startsWith("2D, managed\n  #0 Diskful on host-1: most room\n");
  }

  @Test
  void showTellsHowFarTheDataIsAndWhichStepIsTaken() {
    ReplicaView target =
        new ReplicaView(
            1,
            "host-2",
            "",
            "ssd",
            "D",
            "D",
            true,
            7L,
            "INCONSISTENT",
            true,
            false,
            false,
            false,
            null,
            "Diskful",
            "",
            "",
            List.of(new LinkView(0, "host-1", true, "UP_TO_DATE", true, 42, 125L)));
    VolumeView syncing = view(false, "Forming: waiting for #1", target);
    daemon.on("GET", "/v1/volumes/db", ok(syncing), ok(SETTLED));
    assertThat(cli.run("volume", "show", "db")).isZero();
    assertThat(cli.out())
        .contains("#1 host-2 from #0 host-1  [########............] 42 %, 2 min 5 s left")
        .contains(
            """
              Forming: waiting for #1
                ✓ 1. ✦ → members
                ▶ 2. seed
                · 3. formed
            """);
    daemon.on("PUT", "/v1/volumes/db/attachments/host-1", ok(syncing));
    assertThat(cli.run("attach", "db", "host-1", "--wait")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("db: synced 42 %, 2 min 5 s left; Forming: waiting for #1");
  }

  @Test
  void waitingEndsWhenItIsAsItIsWanted() {
    daemon.on("PUT", "/v1/volumes/db/attachments/host-1", ok(FORMING));
    daemon.on("GET", "/v1/volumes/db", ok(FORMING), ok(SETTLED));
    assertThat(cli.run("attach", "db", "host-1", "--wait")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("db: Forming: waiting for #1").contains("state       settled");
    daemon.on("GET", "/v1/volumes/db", ok(FORMING));
    assertThat(cli.run("attach", "db", "host-1", "--wait", "--timeout", "50ms"))
        .isEqualTo(ExitCode.TIMED_OUT.code());
    assertThat(cli.err()).contains("kneardctl volume show db");
  }

  @Test
  void waitingForTheEndOfAVolumeEndsWhenItIsGone() {
    daemon.on("DELETE", "/v1/volumes/db", ok(view(false, "being deleted")));
    daemon.on("GET", "/v1/volumes/db", problem(404, Problem.NOT_FOUND, "there is no volume db"));
    assertThat(cli.run("volume", "delete", "db", "--yes", "--wait")).as(cli.err()).isZero();
    assertThat(cli.out()).endsWith("db is gone\n");
  }

  @Test
  void aVolumeThatSomebodyDeletesMeanwhileIsNotAsItWasWanted() {
    daemon.on("PUT", "/v1/volumes/db/attachments/host-1", ok(FORMING));
    daemon.on("GET", "/v1/volumes/db", problem(404, Problem.NOT_FOUND, "there is no volume db"));
    assertThat(cli.run("attach", "db", "host-1", "--wait")).isEqualTo(ExitCode.FAILED.code());
    assertThat(cli.err()).contains("db was deleted meanwhile");
  }

  @Test
  void watchingOutlastsADaemonThatIsAwayAndEndsWithTheVolume() {
    daemon.on(
        "GET",
        "/v1/volumes/db",
        ok(SETTLED),
        problem(503, Problem.BUSY, "Database is offline"),
        ok(SETTLED),
        problem(404, Problem.NOT_FOUND, "there is no volume db"));
    assertThat(cli.run("volume", "show", "db", "--watch")).isEqualTo(ExitCode.FAILED.code());
    assertThat(cli.out()).contains("Database is offline").endsWith("#1 host-2  UpToDate  ·\n\n");
    assertThat(cli.err()).contains("there is no volume db");
  }

  @Test
  void whoeverIsAskedMayAnswerNo() {
    daemon.on("DELETE", "/v1/volumes/db", ok(SETTLED));
    cli.onATerminal().typing("no");
    assertThat(cli.run("--json", "volume", "delete", "db")).isEqualTo(ExitCode.FAILED.code());
    assertThat(cli.err()).contains("Type 'yes'").endsWith("kneardctl: Nothing was done.\n");
    assertThat(cli.out()).isEmpty();
    assertThat(daemon.requests()).isEmpty();
    assertThat(cli.typing("yes").run("volume", "delete", "db")).isZero();
  }

  @Test
  void dangerousCommandsWantToBeMeant() {
    for (String[] line :
        new String[][] {
          {"volume", "delete", "db"},
          {"member", "force-remove", "db", "host-1"},
          {"detach", "db", "host-1", "--force"}
        }) {
      assertThat(cli.run(line)).isEqualTo(ExitCode.USAGE.code());
      assertThat(cli.err()).contains("--yes");
    }
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void replicasAndMembersAreNamedByTheirHost() {
    daemon.on("PUT", "/v1/volumes/db/replicas/c", ok(SETTLED));
    daemon.on("DELETE", "/v1/volumes/db/replicas/c", ok(SETTLED));
    daemon.on("DELETE", "/v1/volumes/db/replicas/c?force=1", ok(SETTLED));
    daemon.on("DELETE", "/v1/volumes/db/attachments", ok(SETTLED));
    assertThat(cli.run("replica", "add", "db", "c", "TB")).isZero();
    assertThat(daemon.requests().get(0).body()).contains("\"fresh\":true").contains("TB");
    assertThat(cli.run("replica", "set-type", "db", "c", "D", "--pool", "ssd")).isZero();
    assertThat(daemon.requests().get(1).body()).contains("\"fresh\":false").contains("ssd");
    assertThat(cli.run("replica", "delete", "db", "c")).isZero();
    assertThat(cli.run("member", "force-remove", "db", "c", "--yes")).isZero();
    assertThat(cli.run("detach", "db")).isZero();
  }

  @Test
  void hostsAreShownWithWhatTheyLack() {
    HostView fine =
        new HostView(
            "a",
            "z1",
            false,
            true,
            null,
            "module 9.2.18, utils 9.31.0",
            false,
            null,
            2,
            List.of("cluster=10.0.0.1"),
            List.of(new HostView.PoolView("ssd", 5L << 30, null)));
    HostView bare =
        new HostView(
            "b",
            "",
            true,
            true,
            null,
            null,
            false,
            "drbd-utils are not installed",
            0,
            List.of(),
            List.of());
    daemon.on("GET", "/v1/hosts", ok(List.of(fine, bare)));
    assertThat(cli.run("host", "list")).isZero();
    assertThat(cli.out())
        .contains("a     z1    2         ssd 5G  cluster=10.0.0.1  serves volumes, DRBD module")
        .contains("drained, drbd-utils are not installed");
    daemon.on("PATCH", "/v1/hosts/b", ok(bare));
    assertThat(cli.run("host", "zone", "b", "-")).isZero();
    assertThat(daemon.requests().get(1).body()).contains("\"zone\":\"\"");
    assertThat(cli.run("host", "drain", "b")).isZero();
    assertThat(daemon.requests().get(2).body()).contains("\"drained\":true");
  }

  @Test
  void classesAreMadeChangedAndShown() throws Exception {
    ClassView view =
        new ClassView(
            "fast",
            2,
            "3D (FTT-BDL=1, FTT-BUA=1)",
            "ignored",
            "any",
            1,
            List.of(),
            null,
            true,
            5,
            7,
            "3 of 7 have yet to change");
    daemon.on("POST", "/v1/classes", ok(view));
    daemon.on("PATCH", "/v1/classes/fast", ok(view));
    daemon.on("GET", "/v1/classes", ok(List.of(view)));
    assertThat(cli.run("class", "create", "fast", "--access", "any")).as(cli.err()).isZero();
    assertThat(daemon.requests().get(0).body()).contains("\"existing\":null").contains("any");
    assertThat(cli.run("class", "set", "fast", "--no-existing", "--in-flight", "2")).isZero();
    assertThat(daemon.requests().get(1).body())
        .contains("\"existing\":false")
        .contains("\"in_flight\":2");
    assertThat(cli.run("class", "list")).isZero();
    assertThat(cli.out()).contains("5 at once  7        3 of 7 have yet to change");
    daemon.on("POST", "/v1/volumes", ok(SETTLED));
    assertThat(cli.run("volume", "create", "db", "--size", "1G", "--class", "fast")).isZero();
    assertThat(wish(3).volumeClass()).isEqualTo("fast");
    assertThat(wish(3).manual()).isNull();
  }

  @Test
  void theListAndTheExportAreShown() {
    daemon.on(
        "GET",
        "/v1/volumes",
        ok(
            List.of(
                new VolumeLine("db", 10L << 30, false, "2D", "a:D b:A→D", "a", false, "syncing"))));
    assertThat(cli.run("volume", "list")).isZero();
    assertThat(cli.out()).contains("db      10G   2D      a:D b:A→D  a        syncing");
    daemon.on(
        "GET", "/v1/volumes/db/export", ok(new ExportView("db", "resource \"kneard-db\" {}")));
    assertThat(cli.run("volume", "export", "db")).isZero();
    assertThat(cli.out()).isEqualTo("resource \"kneard-db\" {}\n");
  }

  @Test
  void wrongSizesAndNamesOfReplicationAreRefusedBeforeAnythingIsAsked() {
    assertThat(cli.run("volume", "create", "db", "--size", "10")).isEqualTo(2);
    assertThat(cli.err()).contains("10G");
    assertThat(cli.run("volume", "create", "db", "--size", "1G", "--replication", "Much"))
        .isEqualTo(2);
    assertThat(cli.run("volume", "set", "db", "--mode", "half")).isEqualTo(2);
    assertThat(cli.run("volume", "set", "db", "--replication", "None", "--ftt-bdl", "1"))
        .isEqualTo(2);
    assertThat(daemon.requests()).isEmpty();
  }
}
