package io.kneard.drbd;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static io.kneard.datamesh.MemberType.TIE_BREAKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.drbdstandin.HostTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One volume on stand-in hosts, through everything that is dangerous about DRBD. */
class CaretakerTest {
  private static final Mesh SEEDING = Samples.mesh(1, Stage.SEEDING, DISKFUL, DISKFUL, TIE_BREAKER);
  private static final Mesh FORMED = Samples.mesh(2, Stage.FORMED, DISKFUL, DISKFUL, TIE_BREAKER);

  @TempDir Path links;
  private CaredHosts care;

  @BeforeEach
  void threeHosts() {
    care = new CaredHosts(links);
  }

  private void form() throws InterruptedException {
    care.settle(SEEDING);
    care.settle(FORMED);
  }

  @Test
  void aVolumeComesIntoBeing() throws Exception {
    form();
    for (int id = 0; id < 3; id++) {
      Report report = care.report(id).orElseThrow();
      assertThat(report.problem()).isEmpty();
      assertThat(report.revision()).isEqualTo(2);
      assertThat(report.configured()).isTrue();
      assertThat(report.hasQuorum()).isTrue();
      assertThat(report.disk()).isEqualTo(id < 2 ? DiskState.UP_TO_DATE : DiskState.DISKLESS);
      assertThat(Files.readSymbolicLink(links.resolve("n" + id).resolve("v")))
          .isEqualTo(Path.of("/dev/drbd1000"));
    }
  }

  @Test
  void whatIsAsItShouldBeIsOnlyLookedAt() throws Exception {
    form();
    int changes = care.tools(0).changes().size();
    for (int i = 0; i < 5; i++) {
      care.attend(0, FORMED);
    }
    assertThat(care.tools(0).changes()).hasSize(changes);
  }

  /** The daemon is killed before each of its commands in turn, and a new one goes on. */
  @Test
  void aCrashBetweenAnyTwoCommandsIsMadeGood() throws Exception {
    Mesh attached = FORMED.with(FORMED.member(0).orElseThrow().withAttached(true));
    Mesh later =
        Samples.mesh(3, Stage.FORMED, DISKFUL, DISKFUL, DISKFUL, ACCESS)
            .with(attached.member(0).orElseThrow());
    int deaths = 0;
    int before = -1;
    for (int point = 0; deaths > before; point++) {
      before = deaths;
      CaredHosts hosts = new CaredHosts(links.resolve("p" + point));
      AtomicInteger left = new AtomicInteger(point);
      for (int id = 0; id < 4; id++) {
        hosts.tools(id).killBefore(line -> changes(line) && left.getAndDecrement() == 0);
      }
      for (Mesh mesh : List.of(SEEDING, FORMED, attached, later)) {
        deaths += settleThroughDeath(hosts, mesh);
      }
      for (int id = 0; id < 4; id++) {
        Report report = hosts.report(id).orElseThrow();
        assertThat(report.problem()).as("killed before command %d", point).isEmpty();
        assertThat(report.revision()).as("killed before command %d", point).isEqualTo(3);
      }
      assertThat(hosts.hosts.serves("n0", "kneard-v")).isTrue();
      assertThat(hosts.report(2).orElseThrow().disk()).isEqualTo(DiskState.UP_TO_DATE);
    }
    assertThat(deaths).isGreaterThan(40);
  }

  private static boolean changes(String line) {
    return !line.contains(" show ") && !line.contains(" status ");
  }

  private static int settleThroughDeath(CaredHosts hosts, Mesh mesh) throws InterruptedException {
    int deaths = 0;
    for (int round = 0; round < 6; round++) {
      for (int id = 0; id < mesh.members().size(); id++) {
        try {
          hosts.attend(id, mesh);
        } catch (HostTools.Killed e) {
          hosts.restart(id);
          deaths++;
        }
      }
      hosts.hosts.pass(60_000);
    }
    return deaths;
  }

  @Test
  void aCommandThatHangsIsGivenUpAndTheWorkGoesOnLater() throws Exception {
    form();
    care.hosts.hang("n0", 1);
    assertThat(care.attend(0, FORMED)).isEmpty();
    assertThat(care.caretaker(0).hung()).isTrue();
    assertThat(care.attend(0, FORMED).orElseThrow().configured()).isTrue();
    assertThat(care.caretaker(0).hung()).isFalse();
  }

  @Test
  void anAnswerThatIsCutShortOrGarbageChangesNothingAndIsTold() throws Exception {
    form();
    int changes = care.tools(0).changes().size();
    for (String answer : List.of("", "null", "{", "[{\"resource\": 7", "\u0000\uffff", "[[[[")) {
      care.hear(ran -> new Ran(ran.ending(), ran.exit(), answer, ran.err()));
      assertThat(care.attend(0, FORMED)).as("heard '%s'", answer).isEmpty();
      assertThat(care.caretaker(0).unseen()).as("heard '%s'", answer).isNotEmpty();
    }
    for (int left = 1; left < 200; left++) {
      int end = left;
      care.hear(ran -> new Ran(ran.ending(), ran.exit(), cut(ran.out(), end), ran.err()));
      assertThat(care.attend(0, FORMED)).as("cut after %d", left).isEmpty();
    }
    care.hear(UnaryOperator.identity());
    assertThat(care.attend(0, FORMED).orElseThrow().configured()).isTrue();
    assertThat(care.tools(0).changes()).hasSize(changes);
  }

  private static String cut(String text, int end) {
    return text.substring(0, Math.min(text.stripTrailing().length() - 1, end));
  }

  @Test
  void aPoolWithoutRoomIsToldAndTheDiskIsMadeWhenThereIsSome() throws Exception {
    care.makeNoDisk(Optional.of("pool: insufficient free space"));
    Report lacking = care.attend(0, SEEDING).orElseThrow();
    assertThat(lacking.problem()).contains("pool: insufficient free space");
    assertThat(lacking.revision()).isZero();
    care.makeNoDisk(Optional.empty());
    form();
    assertThat(care.report(0).orElseThrow().disk()).isEqualTo(DiskState.UP_TO_DATE);
  }

  @Test
  void aDeviceThatIsOpenIsWaitedFor() throws Exception {
    form();
    Mesh attached = FORMED.with(FORMED.member(0).orElseThrow().withAttached(true));
    care.settle(attached);
    assertThat(care.hosts.serves("n0", "kneard-v")).isTrue();
    care.hosts.open("n0", "kneard-v", true);
    Mesh detached = FORMED.publishedAfter(FORMED);
    Report waiting = care.attend(0, detached).orElseThrow();
    assertThat(waiting.inUse()).isTrue();
    assertThat(waiting.revision()).isEqualTo(2);
    assertThat(waiting.problem())
        .hasValueSatisfying(why -> assertThat(why).contains("opened by dd (pid 278)"));
    assertThat(care.hosts.serves("n0", "kneard-v")).as("nobody was forced").isTrue();
    care.hosts.open("n0", "kneard-v", false);
    assertThat(care.attend(0, detached).orElseThrow().revision()).isEqualTo(3);
  }

  @Test
  void theDiskOfAnotherReplicaIsNotTaken() throws Exception {
    care.hosts.addDisk("n0", CaredHosts.disk(0), 128L << 20);
    care.tools(0)
        .run("drbdmeta", List.of("1000", "v09", CaredHosts.disk(0), "internal", "create-md", "7"));
    care.tools(0)
        .run(
            "drbdmeta",
            List.of(
                "1000",
                "v09",
                CaredHosts.disk(0),
                "internal",
                "write-dev-uuid",
                "FEDCBA9876543210"));
    Report report = care.attend(0, SEEDING).orElseThrow();
    assertThat(report.problem())
        .hasValueSatisfying(why -> assertThat(why).contains("FEDCBA9876543210"));
    assertThat(report.revision()).isZero();
    assertThat(care.tools(0).changes()).noneMatch(line -> line.contains("attach"));
  }

  @Test
  void aDiskThatTheKernelDroppedIsAttachedAndSyncedAgain() throws Exception {
    form();
    care.hosts.failDisk("n1", "kneard-v");
    care.settle(FORMED);
    assertThat(care.report(1).orElseThrow().disk()).isEqualTo(DiskState.UP_TO_DATE);
  }

  @Test
  void whoeverIsNoMemberAnymoreIsTakenDownAndReportsRevisionZero() throws Exception {
    form();
    Mesh without = FORMED.minus(2);
    Report gone = care.attend(2, care.assignment(2, without)).orElseThrow();
    assertThat(gone.revision()).isZero();
    assertThat(gone.configured()).isTrue();
    assertThat(links.resolve("n2/v")).doesNotExist();
    assertThat(care.tools(2).changes()).last().isEqualTo("drbdsetup down kneard-v");
  }

  @Test
  void theDiskOfALeavingReplicaIsRemovedOnlyIfThatIsSaid() throws Exception {
    form();
    Assignment leave = care.assignment(1, FORMED.minus(1));
    Assignment keep =
        new Assignment(
            leave.volume(),
            leave.minor(),
            leave.deviceId(),
            leave.pool(),
            leave.zeroed(),
            leave.size(),
            Optional.empty(),
            false,
            2,
            leave.addresses());
    care.attend(1, keep);
    assertThat(metadataThere(1)).isTrue();
    care.attend(1, leave);
    assertThat(metadataThere(1)).isFalse();
  }

  private boolean metadataThere(int id) {
    return care.tools(id)
            .run(
                "drbdmeta",
                List.of("1000", "v09", CaredHosts.disk(id), "internal", "read-dev-uuid"))
            .exit()
        == 0;
  }

  @Test
  void ioGoesOnAfterALinkIsBackAndNobodyElseWasPrimary() throws Exception {
    form();
    Mesh attached = FORMED.with(FORMED.member(0).orElseThrow().withAttached(true));
    care.settle(attached);
    care.hosts.isolate("n0");
    assertThat(care.hosts.serves("n0", "kneard-v")).isFalse();
    Report cut = care.attend(0, attached).orElseThrow();
    assertThat(cut.hasQuorum()).isFalse();
    assertThat(cut.configured()).as("it is set up all the same").isTrue();
    care.hosts.heal();
    assertThat(care.hosts.serves("n0", "kneard-v")).isTrue();
  }

  @Test
  void afterAPowerCutEverythingIsSetUpAgainAndNothingIsDeclaredData() throws Exception {
    form();
    for (int id = 0; id < 3; id++) {
      care.hosts.crash("n" + id);
      care.restart(id);
    }
    for (int id = 0; id < 3; id++) {
      care.hosts.boot("n" + id);
    }
    care.settle(FORMED);
    assertThat(care.report(0).orElseThrow().disk()).isEqualTo(DiskState.UP_TO_DATE);
    assertThat(care.report(0).orElseThrow().hasQuorum()).isTrue();
    assertThat(care.tools(0).changes()).filteredOn(line -> line.contains("create-md")).hasSize(1);
    assertThat(care.tools(0).changes())
        .filteredOn(line -> line.contains("new-current-uuid"))
        .hasSize(1);
    assertThat(care.tools(0).changes()).noneMatch(line -> line.startsWith("drbdsetup primary"));
  }
}
