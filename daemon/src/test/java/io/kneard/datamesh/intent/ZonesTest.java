package io.kneard.datamesh.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the copies of a volume are when hosts have zones. */
class ZonesTest {
  /** Two zones; the second has more hosts. */
  private static World world(Topology topology) {
    World world =
        new World(new Configuration(1, 0, topology, VolumeAccess.ANY, 1))
            .host("n1", "x")
            .host("n2", "x")
            .host("n3", "y")
            .host("n4", "y")
            .host("n5", "y");
    world.rest();
    return world;
  }

  private static List<String> diskful(World world) {
    return world.volume.mesh().where(member -> member.type() == MemberType.DISKFUL).stream()
        .map(Member::node)
        .sorted()
        .toList();
  }

  private static void put(World world, String node, MemberType type) {
    world.edit(new Administrator(world.scene()).add(node, type, Optional.empty()));
    world.rest();
  }

  @Test
  void aZonalVolumeHasAllItsDataInOneZone() {
    assertThat(diskful(world(Topology.ZONAL))).containsExactly("n3", "n4");
  }

  @Test
  void aZonalVolumeStaysInItsZoneWhenAnotherHasMoreHosts() {
    World world = world(Topology.ZONAL);
    world.host("n6", "x").host("n7", "x").host("n8", "x");
    world.rest();
    assertThat(diskful(world)).as("nothing moves").containsExactly("n3", "n4");

    world.crash("n3");
    world.pass(Duration.ofHours(1));
    world.rest();
    assertThat(diskful(world)).as("it is replaced in its zone").containsExactly("n4", "n5");
  }

  @Test
  void aZonalVolumeWaitsRatherThanLeaveItsZone() {
    World world = world(Topology.ZONAL);
    world.drain("n5", true);
    world.drain("n4", true);
    world.rest();
    assertThat(diskful(world)).containsExactly("n3", "n4");
    assertThat(world.intention.why()).contains("n1 is not in zone y", "n5 is drained");
  }

  @Test
  void aTransZonalVolumeIsSpreadOverTheZones() {
    assertThat(diskful(world(Topology.TRANS_ZONAL)))
        .hasSize(2)
        .anyMatch(n -> n.compareTo("n3") < 0);
    assertThat(diskful(world(Topology.TRANS_ZONAL))).anyMatch(node -> node.compareTo("n3") >= 0);
  }

  @Test
  void whatAnAdministratorPutsInTheWrongZoneIsLeftThere() {
    World world = world(Topology.ZONAL);
    put(world, "n1", MemberType.DISKFUL);
    assertThat(diskful(world)).hasSize(2).contains("n1");
  }
}
