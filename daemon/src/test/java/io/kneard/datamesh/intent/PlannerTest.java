package io.kneard.datamesh.intent;

import static io.kneard.datamesh.intent.World.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a volume comes to on hosts that do at once what they are told. */
class PlannerTest {
  private static final Configuration THREE = configuration(1, 1);
  private static final Configuration TWO_AND_TIE = configuration(0, 1);

  private static World formed(Configuration goal, int hosts) {
    World world = new World(goal).hosts(hosts);
    world.rest();
    assertThat(world.volume.mesh().stage()).isEqualTo(Stage.FORMED);
    return world;
  }

  private static List<String> nodes(World world, MemberType type) {
    return world.volume.mesh().where(member -> member.type() == type).stream()
        .map(Member::node)
        .sorted()
        .toList();
  }

  private static String reason(World world, String node) {
    int id =
        world.places.stream()
            .filter(place -> place.node().equals(node))
            .findFirst()
            .orElseThrow()
            .replica();
    return world.intention.reasons().stream()
        .filter(reason -> reason.replica() == id)
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void aNewVolumeIsFormedWithTheLayoutAskedFor() {
    World world = formed(TWO_AND_TIE, 4);
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2");
    assertThat(nodes(world, MemberType.TIE_BREAKER)).containsExactly("n3");
    assertThat(reason(world, "n1")).startsWith("Diskful on n1: placed here: 0 replicas");
  }

  @Test
  void aVolumeIsNotFormedBeforeThereAreHostsForAllOfIt() {
    World world = new World(THREE).hosts(2);
    world.rest();
    assertThat(world.volume.mesh().members()).isEmpty();
    assertThat(world.intention.why())
        .contains("2 of 3 D; no host for a Diskful: n1 has #0, Diskful, n2 has #1, Diskful");
    world.host("n3", "");
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void aHostWithTooLittleSpaceIsNotChosenAndThatIsSaid() {
    World world = new World(configuration(1, 0)).hosts(2);
    world.free("n2", 5);
    world.rest();
    assertThat(world.intention.why()).contains("n2 has 5 bytes free");
  }

  @Test
  void aTieBreakerBecomesTheThirdDOnThreeHosts() {
    World world = formed(TWO_AND_TIE, 3);
    world.goal(THREE);
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void aLostReplicaIsReplacedAfterItsTimeAndNotBefore() {
    World world = formed(THREE, 4);
    world.crash("n2");
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
    assertThat(world.intention.again()).contains(world.now.plus(World.PATIENCE.replaceAfter()));
    assertThat(reason(world, "n2")).contains("its host is gone since");
    world.pass(Duration.ofMinutes(30));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n3", "n4");
    assertThat(world.volume.mesh().qmr()).isEqualTo(2);
  }

  @Test
  void aLostReplicaStaysWhereThereIsNoOtherHost() {
    World world = formed(THREE, 3);
    world.crash("n2");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
    assertThat(reason(world, "n2")).contains("it stays until there is another host for it");
    world.start("n2");
    world.rest();
    assertThat(world.outcome.protection().fttBua()).isEqualTo(1);
  }

  @Test
  void oneOfTwoCopiesThatIsLostIsReplacedToo() {
    World world = formed(configuration(1, 0), 3);
    world.crash("n2");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n3");
    assertThat(world.outcome.protection().fttBdl()).isEqualTo(1);
  }

  @Test
  void aLostTieBreakerIsReplaced() {
    World world = formed(TWO_AND_TIE, 4);
    world.crash("n3");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(nodes(world, MemberType.TIE_BREAKER)).containsExactly("n4");
  }

  @Test
  void aLostUserIsDetached() {
    World world = formed(THREE, 4);
    world.use("n2");
    world.rest();
    assertThat(world.volume.mesh().on("n2").orElseThrow().attached()).isTrue();
    world.crash("n2");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n3", "n4");
  }

  @Test
  void aHostThatComesBackInTimeKeepsItsReplica() {
    World world = formed(THREE, 4);
    world.crash("n2");
    world.pass(Duration.ofMinutes(29));
    world.rest();
    world.start("n2");
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void aDrainedHostIsLeftWhenAnotherHasTheData() {
    World world = formed(THREE, 4);
    world.drain("n1", true);
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n2", "n3", "n4");
    assertThat(world.places).noneMatch(place -> place.node().equals("n1"));
  }

  @Test
  void aDrainedHostThatUsesTheVolumeKeepsAnAccessUntilItDoesNot() {
    World world = formed(THREE, 4);
    world.use("n1");
    world.rest();
    world.drain("n1", true);
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n2", "n3", "n4");
    assertThat(nodes(world, MemberType.ACCESS)).containsExactly("n1");
    assertThat(reason(world, "n1")).contains("serves as Access while the volume is used there");
    world.stopUsing("n1");
    world.rest();
    assertThat(nodes(world, MemberType.ACCESS)).isEmpty();
  }

  @Test
  void hostsThatAreNoLongerAllowedAreLeft() {
    World world = formed(configuration(1, 0), 4);
    world.only(Set.of("n2", "n3"));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n2", "n3");
  }

  @Test
  void whoWantsToUseTheVolumeElsewhereGetsAnAccessReplica() {
    World world = formed(TWO_AND_TIE, 4);
    world.use("n4");
    world.rest();
    assertThat(nodes(world, MemberType.ACCESS)).containsExactly("n4");
    assertThat(world.volume.mesh().on("n4").orElseThrow().attached()).isTrue();
    world.stopUsing("n4");
    world.rest();
    assertThat(nodes(world, MemberType.ACCESS)).isEmpty();
  }

  @Test
  void eventuallyTheDataIsWhereTheVolumeIsUsed() {
    World world = formed(eventually(1, 1), 4);
    world.use("n4");
    world.rest();
    assertThat(nodes(world, MemberType.ACCESS)).containsExactly("n4");
    assertThat(world.intention.again()).isPresent();
    world.pass(Duration.ofMinutes(5));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).hasSize(3).contains("n4");
    assertThat(world.volume.mesh().on("n4").orElseThrow().attached()).isTrue();
  }

  @Test
  void theTieBreakerThatUsesTheVolumeGetsTheDataAndAnotherDecides() {
    World world = formed(eventually(0, 1), 3);
    world.use("n3");
    world.pass(Duration.ofMinutes(5));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).hasSize(2).contains("n3");
    assertThat(nodes(world, MemberType.TIE_BREAKER)).hasSize(1);
  }

  private static Configuration eventually(int bdl, int bua) {
    return new Configuration(bdl, bua, Topology.IGNORED, VolumeAccess.EVENTUALLY_LOCAL, 1);
  }

  @Test
  void anAdministratorsDTakesThePlaceOfOneOfThePlanners() {
    World world = formed(THREE, 4);
    world.edit(new Administrator(world.scene()).add("n4", MemberType.DISKFUL, Optional.empty()));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).hasSize(3).contains("n4");
  }

  @Test
  void aDeletedReplicaIsReplacedFirst() {
    World world = formed(THREE, 4);
    world.edit(new Administrator(world.scene()).delete(0, false));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n2", "n3", "n4");
  }

  @Test
  void aDeletedReplicaStaysWhereNothingCouldTakeItsPlaceAndThatIsSaid() {
    World world = formed(THREE, 3);
    world.edit(new Administrator(world.scene()).delete(0, false));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2", "n3");
    assertThat(world.intention.why()).contains("2 of 3 D; no host for a Diskful");
    assertThat(world.outcome.blocked()).isNotEmpty();
  }

  @Test
  void aDThatAnAdministratorMakesATieBreakerWhereNoneIsWantedIsRefused() {
    World world = formed(THREE, 4);
    assertThat(
            new Administrator(world.scene()).setType(0, MemberType.TIE_BREAKER, Optional.empty()))
        .isEqualTo(
            new Administrator.Answer.Refused(
                "TieBreaker: layout 3D has 0, and administrators have asked for 0 already"));
  }

  @Test
  void aTieBreakerOfAnAdministratorIsUndoneWhenTheLayoutHasNone() {
    World world = formed(TWO_AND_TIE, 5);
    world.edit(
        new Administrator(world.scene()).add("n5", MemberType.TIE_BREAKER, Optional.empty()));
    world.rest();
    assertThat(nodes(world, MemberType.TIE_BREAKER)).containsExactly("n5");
    world.goal(THREE);
    world.rest();
    assertThat(nodes(world, MemberType.TIE_BREAKER)).isEmpty();
  }

  @Test
  void inManualModeTheReplicasAreWhatTheyWereToldToBeAndQuorumFollows() {
    World world = new World(THREE).hosts(4);
    world.manual();
    for (String node : List.of("n1", "n2", "n3")) {
      world.edit(new Administrator(world.scene()).add(node, MemberType.DISKFUL, Optional.empty()));
    }
    world.rest();
    assertThat(world.volume.mesh().q()).isEqualTo(2);
    assertThat(world.volume.mesh().qmr()).isEqualTo(2);
    world.edit(new Administrator(world.scene()).delete(2, false));
    world.edit(
        new Administrator(world.scene()).add("n4", MemberType.TIE_BREAKER, Optional.empty()));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2");
    assertThat(nodes(world, MemberType.TIE_BREAKER)).containsExactly("n4");
    assertThat(world.volume.mesh().qmr()).isEqualTo(1);
    world.crash("n1");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(nodes(world, MemberType.DISKFUL)).containsExactly("n1", "n2");
  }
}
