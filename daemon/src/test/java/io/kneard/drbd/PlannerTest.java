package io.kneard.drbd;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static io.kneard.datamesh.MemberType.LIMINAL_DISKFUL;
import static io.kneard.datamesh.MemberType.SHADOW_DISKFUL;
import static io.kneard.datamesh.MemberType.TIE_BREAKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commands bring a resource where it should be, and which are never among them. */
class PlannerTest {
  private static final String R = "kneard-v";

  @ParameterizedTest
  @EnumSource(MemberType.class)
  void whereEverythingIsAsWantedNothingIsRun(MemberType type) {
    Target target = Samples.target(Samples.mesh(2, 1, type, DISKFUL, DISKFUL, ACCESS), 0);
    Plan plan = Planner.toward(target, Founds.asWanted(target));
    assertThat(plan.commands()).isEmpty();
    assertThat(plan.done()).isTrue();
  }

  @Test
  void aNewTiebreakerIsSetUpInTheOrderThatWorks() {
    Target target = Samples.target(Samples.mesh(2, 1, TIE_BREAKER, DISKFUL), 0);
    assertThat(lines(Planner.toward(target, Found.NOTHING)))
        .containsExactly(
            "drbdsetup new-resource kneard-v 0 --auto-promote=no --on-no-data-accessible=suspend-io"
                + " --on-no-quorum=suspend-io --on-suspended-primary-outdated=force-secondary"
                + " --quorum=32 --quorum-minimum-redundancy=off",
            "drbdsetup new-minor kneard-v 1000 0 --diskless",
            "drbdsetup new-peer kneard-v 1 --_name=n1 --allow-remote-read=yes"
                + " --allow-two-primaries=no --protocol=C --rr-conflict=retry-connect",
            "drbdsetup peer-device-options kneard-v 1 0 --bitmap=yes",
            "drbdsetup new-path kneard-v 1 ipv4:10.0.0.1:7000 ipv4:10.0.0.2:7000",
            "drbdsetup connect kneard-v 1");
  }

  @Test
  void aNewDiskGetsMetadataAndItsIdIsReadAgainBeforeItIsAttached() {
    Target target = Samples.target(Samples.mesh(1, 1, DISKFUL), 0);
    Plan first = Planner.toward(target, Founds.withDisk(false, Optional.empty(), Optional.empty()));
    assertThat(lines(first))
        .contains(
            "drbdmeta 1000 v09 /dev/pool/v internal create-md --force 7",
            "drbdmeta -f 1000 v09 /dev/pool/v internal write-dev-uuid " + Samples.ID)
        .noneMatch(line -> line.contains("attach "));
    assertThat(first.done()).isFalse();
    Plan second =
        Planner.toward(target, Founds.withDisk(true, Optional.of(Samples.ID), Optional.empty()));
    assertThat(lines(second))
        .containsSubsequence(
            "drbdmeta -f 1000 v09 /dev/pool/v internal apply-al",
            "drbdsetup attach 1000 /dev/pool/v /dev/pool/v internal")
        .noneMatch(line -> line.contains("create-md") || line.contains("write-dev-uuid"));
  }

  @Test
  void theDiskOfSomethingElseIsLeftAlone() {
    Target target = Samples.target(Samples.mesh(1, 1, DISKFUL), 0);
    Plan plan =
        Planner.toward(
            target, Founds.withDisk(true, Optional.of("FEDCBA9876543210"), Optional.empty()));
    assertThat(lines(plan)).noneMatch(line -> line.contains("/dev/pool/v"));
    assertThat(plan.waits()).hasValueSatisfying(why -> assertThat(why).contains("FEDCBA"));
  }

  @Test
  void metadataIsNeverMadeOnADiskWithASignature() {
    Target target = Samples.target(Samples.mesh(1, 1, DISKFUL), 0);
    Plan plan =
        Planner.toward(target, Founds.withDisk(false, Optional.empty(), Optional.of("ext4")));
    assertThat(lines(plan)).noneMatch(line -> line.contains("/dev/pool/v"));
    assertThat(plan.waits()).hasValueSatisfying(why -> assertThat(why).contains("ext4"));
  }

  @Test
  void moreVotesAreNeededBeforeAnythingElseIsChanged() {
    Plan plan =
        change(Samples.mesh(1, 1, DISKFUL, ACCESS), Samples.mesh(2, 1, DISKFUL, LIMINAL_DISKFUL));
    assertThat(lines(plan).get(0)).isEqualTo("drbdsetup resource-options kneard-v --quorum=2");
    assertThat(lines(plan))
        .contains("drbdsetup net-options kneard-v 1 --allow-remote-read=yes")
        .contains("drbdsetup peer-device-options kneard-v 1 0 --bitmap=yes");
  }

  @Test
  void fewerVotesAreEnoughOnlyWhenEverythingElseIsInPlace() {
    Plan plan =
        change(
            Samples.mesh(3, 1, DISKFUL, DISKFUL, DISKFUL, LIMINAL_DISKFUL),
            Samples.mesh(2, 1, DISKFUL, DISKFUL, DISKFUL, ACCESS));
    List<String> lines = lines(plan);
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("drbdsetup resource-options kneard-v --quorum=2");
    assertThat(lines).hasSize(3);
    assertThat(plan.parts().get(plan.parts().size() - 1).kind()).isEqualTo(Plan.Kind.LAST);
  }

  @Test
  void aDiskThatStopsVotingNeedsTheOthersVotesOnlyAfterThat() {
    Plan plan =
        change(
            Samples.mesh(2, 1, DISKFUL, DISKFUL, DISKFUL),
            Samples.mesh(2, 1, SHADOW_DISKFUL, DISKFUL, DISKFUL));
    assertThat(lines(plan))
        .containsExactly(
            "drbdsetup disk-options 1000 --non-voting=yes",
            "drbdsetup resource-options kneard-v --quorum=32");
  }

  @Test
  void aRedundancyOfOneIsTheOptionSwitchedOff() {
    assertThat(
            lines(
                change(Samples.mesh(2, 2, DISKFUL, DISKFUL), Samples.mesh(2, 1, DISKFUL, DISKFUL))))
        .containsExactly("drbdsetup resource-options kneard-v --quorum-minimum-redundancy=off");
    assertThat(
            lines(
                change(Samples.mesh(2, 1, DISKFUL, DISKFUL), Samples.mesh(2, 2, DISKFUL, DISKFUL))))
        .containsExactly("drbdsetup resource-options kneard-v --quorum-minimum-redundancy=2");
  }

  @Test
  void aDiskIsDetachedOnPurpose() {
    Plan plan =
        change(
            Samples.mesh(2, 1, DISKFUL, DISKFUL, DISKFUL),
            Samples.mesh(2, 1, LIMINAL_DISKFUL, DISKFUL, DISKFUL));
    assertThat(lines(plan)).containsExactly("drbdsetup detach 1000 --diskless");
  }

  @Test
  void whoeverIsNoPeerAnymoreIsForgottenOnTheDisk() {
    Plan plan =
        change(Samples.mesh(2, 1, DISKFUL, DISKFUL, ACCESS), Samples.mesh(2, 1, DISKFUL, DISKFUL));
    assertThat(lines(plan))
        .containsExactly(
            "drbdsetup disconnect kneard-v 2",
            "drbdsetup del-peer kneard-v 2",
            "drbdsetup forget-peer kneard-v 2");
  }

  @Test
  void afterARestartEverybodyWhoIsNoPeerIsForgottenAgain() {
    Target target = Samples.target(Samples.mesh(2, 1, DISKFUL, DISKFUL), 0);
    Found found = Founds.asWanted(target);
    Plan plan =
        Planner.toward(
            target, new Found(found.setup(), found.status(), Optional.empty(), false, Set.of()));
    assertThat(lines(plan))
        .containsExactly(
            "drbdsetup forget-peer kneard-v 2",
            "drbdsetup forget-peer kneard-v 3",
            "drbdsetup forget-peer kneard-v 4",
            "drbdsetup forget-peer kneard-v 5",
            "drbdsetup forget-peer kneard-v 6",
            "drbdsetup forget-peer kneard-v 7");
  }

  @Test
  void aPeerThatStandsAloneIsConnectedToAgainAfterARest() {
    Target target = Samples.target(Samples.mesh(2, 1, DISKFUL, DISKFUL), 0);
    Found alone =
        Founds.with(
            Founds.asWanted(target),
            Founds.status(target, "UpToDate", false, false, "StandAlone", "DUnknown"));
    Plan plan = Planner.toward(target, alone);
    assertThat(lines(plan)).containsExactly("drbdsetup connect kneard-v 1");
    assertThat(plan.done()).as("what was asked for is set up").isTrue();
    Found resting = new Found(alone.setup(), alone.status(), Optional.empty(), true, Set.of(1));
    assertThat(Planner.toward(target, resting).commands()).isEmpty();
  }

  @Test
  void peersAreReachedWhereTheyHaveMovedTo() {
    Mesh before = Samples.mesh(2, 1, DISKFUL, DISKFUL);
    Member moved =
        before.member(1).orElseThrow().withAddresses(List.of(new Address("net", "fd00::9", 7001)));
    assertThat(lines(change(before, before.with(moved))))
        .containsExactly(
            "drbdsetup new-path kneard-v 1 ipv4:10.0.0.1:7000 ipv6:[fd00::9]:7001",
            "drbdsetup del-path kneard-v 1 ipv4:10.0.0.1:7000 ipv4:10.0.0.2:7000");
  }

  @Test
  void attachingAndDetachingAreRolesAndTheRoleComesLast() {
    Mesh off = Samples.mesh(2, 1, DISKFUL, DISKFUL);
    Mesh on = off.with(off.member(0).orElseThrow().withAttached(true));
    assertThat(lines(change(off, on))).containsExactly("drbdsetup primary kneard-v");
    assertThat(lines(change(on, off))).containsExactly("drbdsetup secondary kneard-v");
    assertThat(lines(change(off, on.withMultiattach(true))))
        .containsExactly(
            "drbdsetup net-options kneard-v 1 --allow-two-primaries=yes",
            "drbdsetup primary kneard-v");
  }

  @Test
  void aVolumeGrowsAndNeverShrinks() {
    Mesh mesh = Samples.mesh(2, 1, DISKFUL, DISKFUL);
    assertThat(lines(change(mesh, mesh.withSize(2 * Samples.SIZE))))
        .containsExactly("drbdsetup resize 1000 --size=1048576s");
    assertThat(lines(change(mesh, mesh.withSize(Samples.SIZE / 2)))).isEmpty();
  }

  @Test
  void aResourceOfAnEarlierLifeIsTakenDownFirst() {
    Target target = Samples.target(Samples.mesh(2, 1, DISKFUL, DISKFUL), 0);
    Target other = Samples.target(Samples.mesh(2, 1, DISKFUL, DISKFUL), 1);
    assertThat(lines(Planner.toward(target, Founds.asWanted(other))))
        .containsExactly("drbdsetup down kneard-v");
  }

  @Test
  void dataIsDeclaredOnlyWhileAVolumeIsFormedAndOnOneEmptyDiskThatSeesAllOthers() {
    Mesh seeding = Samples.mesh(2, 1, DISKFUL, DISKFUL, TIE_BREAKER).withStage(Stage.SEEDING);
    Target seed = Samples.target(seeding, 0);
    assertThat(lines(seeded(seed, "Inconsistent", "Connected", "Inconsistent")))
        .containsExactly("drbdsetup new-current-uuid 1000 --clear-bitmap");
    assertThat(lines(seeded(seed, "Inconsistent", "Connecting", "DUnknown"))).isEmpty();
    assertThat(lines(seeded(seed, "Inconsistent", "Connected", "UpToDate"))).isEmpty();
    assertThat(lines(seeded(seed, "Outdated", "Connected", "Inconsistent"))).isEmpty();
    assertThat(lines(seeded(seed, "UpToDate", "Connected", "UpToDate"))).isEmpty();
    Target other = Samples.target(seeding, 1);
    assertThat(lines(seeded(other, "Inconsistent", "Connected", "Inconsistent"))).isEmpty();
    Target notZeroed =
        new Target("v", seed.minor(), seed.resource(), seed.disk(), seed.deviceId(), false);
    assertThat(lines(seeded(notZeroed, "Inconsistent", "Connected", "Inconsistent")))
        .containsExactly("drbdsetup primary kneard-v --force");
  }

  private static Plan seeded(Target target, String disk, String connection, String peers) {
    Status status = Founds.status(target, disk, false, false, connection, peers);
    return Planner.toward(target, Founds.with(Founds.asWanted(target), status));
  }

  /** From every combination of types to every other one, as an agent that was away may have to. */
  @Test
  void noChangeOfTheMeshTakesAResourceDownOrForcesAnything() {
    List<Mesh> meshes = new ArrayList<>();
    for (MemberType own : MemberType.values()) {
      for (MemberType other : MemberType.values()) {
        meshes.add(Samples.mesh(2, 1, own, other, DISKFUL));
        meshes.add(Samples.mesh(1, 1, own, DISKFUL));
        meshes.add(Samples.mesh(3, 2, own, other, DISKFUL, DISKFUL).withMultiattach(true));
      }
    }
    for (Mesh before : meshes) {
      for (Mesh after : meshes) {
        assertThat(lines(change(before, after)))
            .noneMatch(line -> line.contains(" down ") || line.contains("--force"));
      }
    }
  }

  @Test
  void whatIsToGoIsTakenDownOnce() {
    Target target = Samples.target(Samples.mesh(1, 1, DISKFUL), 0);
    assertThat(lines(Planner.away(R, Founds.asWanted(target))))
        .containsExactly("drbdsetup down kneard-v");
    assertThat(Planner.away(R, Found.NOTHING).done()).isTrue();
  }

  private static Plan change(Mesh before, Mesh after) {
    return Planner.toward(Samples.target(after, 0), Founds.asWanted(Samples.target(before, 0)));
  }

  private static List<String> lines(Plan plan) {
    return plan.commands().stream().map(Command::toString).toList();
  }
}
