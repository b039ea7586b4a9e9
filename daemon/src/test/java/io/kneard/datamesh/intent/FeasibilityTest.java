package io.kneard.datamesh.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be had is refused, in words that say what can. */
class FeasibilityTest {
  private static List<String> of(Configuration goal, World world, String... hosts) {
    return Feasibility.problems(
        new Wish(Mode.MANAGED, goal, Patience.DEFAULT, Set.of(hosts), Optional.empty()),
        World.SIZE,
        List.copyOf(world.sites.values()));
  }

  private static World zones(int count) {
    World world = new World(World.configuration(0, 0));
    for (int i = 1; i <= 9; i++) {
      world.host("n" + i, "z" + (i % count));
    }
    return world;
  }

  private static Configuration transZonal(int bdl, int bua) {
    return new Configuration(bdl, bua, Topology.TRANS_ZONAL, VolumeAccess.ANY, 1);
  }

  @Test
  void fourDDoNotFitThreeZones() {
    assertThat(of(transZonal(2, 1), zones(3)))
        .containsExactly("layout 4D over zones needs 4 of them, there are 3: z0, z1, z2");
  }

  @ParameterizedTest(name = "{0},{1} fits {2} zones")
  @CsvSource({"0,0,1", "0,1,3", "1,0,2", "1,1,3", "1,2,3", "2,1,4", "2,2,3"})
  void everyLayoutFitsItsSmallestNumberOfZonesAndNoFewer(int bdl, int bua, int zones) {
    assertThat(of(transZonal(bdl, bua), zones(zones))).isEmpty();
    if (zones > 1) {
      assertThat(of(transZonal(bdl, bua), zones(zones - 1))).hasSize(1);
    }
  }

  @Test
  void theTwoNumbersDifferByOneAtMost() {
    assertThatThrownBy(() -> World.configuration(2, 0))
        .hasMessage("FTT-BDL = 2, FTT-BUA = 0: they may differ by one at most");
  }

  @Test
  void moreThanEightUsersAreRefused() {
    Configuration goal = new Configuration(1, 1, Topology.IGNORED, VolumeAccess.ANY, 9);
    assertThat(of(goal, zones(3)))
        .containsExactly("max attachments = 9: a mesh has at most 8 members");
  }

  @Test
  void moreLocalUsersThanCopiesAreRefused() {
    Configuration goal = new Configuration(1, 0, Topology.IGNORED, VolumeAccess.LOCAL, 3);
    assertThat(of(goal, zones(3)))
        .containsExactly("max attachments = 3: with volumeAccess=Local layout 2D has room for 2");
  }

  @Test
  void aHostThatIsNotThereAndTooFewHostsAreRefused() {
    assertThat(of(World.configuration(1, 1), zones(3), "n1", "x"))
        .containsExactly(
            "host x: not in the cluster", "layout 3D has 3 members, and only 2 hosts are allowed");
  }

  @Test
  void hostsWithoutAZoneAreNamed() {
    World world = zones(3);
    world.host("n10", "");
    assertThat(of(transZonal(1, 1), world))
        .containsExactly("hosts without a zone: n10; the topology needs one for each");
  }

  @Test
  void whatHasToWaitForAHostOrForSpaceIsNotRefused() {
    World world = new World(World.configuration(1, 1)).hosts(3);
    world.crash("n2");
    world.free("n3", 0);
    assertThat(of(World.configuration(1, 1), world)).isEmpty();
  }
}
