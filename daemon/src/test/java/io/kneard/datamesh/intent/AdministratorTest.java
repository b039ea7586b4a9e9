package io.kneard.datamesh.intent;

import static io.kneard.datamesh.intent.World.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator may do to single replicas, and why not. */
class AdministratorTest {
  private static final Optional<String> ANY = Optional.empty();
  private final World world = new World(configuration(0, 1)).hosts(9);

  @BeforeEach
  void form() {
    world.rest();
  }

  private void refused(Administrator.Answer answer, String reason) {
    assertThat(answer).isEqualTo(new Administrator.Answer.Refused(reason));
  }

  private Administrator administrator() {
    return new Administrator(world.scene());
  }

  @Test
  void aHostHasOneReplicaAtMost() {
    refused(administrator().add("n1", MemberType.ACCESS, ANY), "host n1: has replica #0 already");
  }

  @Test
  void aNinthReplicaIsRefused() {
    for (int i = 4; i <= 8; i++) {
      world.edit(administrator().add("n" + i, MemberType.ACCESS, ANY));
    }
    refused(
        administrator().add("n9", MemberType.ACCESS, ANY),
        "a mesh has at most 8 replicas, and there are 8");
  }

  @Test
  void unknownHostsAndReplicasAreNamed() {
    refused(administrator().add("x", MemberType.ACCESS, ANY), "host x: not in the cluster");
    refused(
        administrator().setType(7, MemberType.ACCESS, ANY),
        "replica #7: the volume has none of this number");
    refused(administrator().delete(7, false), "replica #7: the volume has none of this number");
  }

  @Test
  void aFullHostIsNotGivenData() {
    world.free("n5", 17);
    Administrator.Answer answer = administrator().add("n5", MemberType.DISKFUL, ANY);
    assertThat(((Administrator.Answer.Refused) answer).reason())
        .startsWith("host n5: has no pool with 10");
  }

  @Test
  void aThirdDOfAdministratorsIsRefusedWhereTheLayoutHasTwo() {
    world.edit(administrator().add("n5", MemberType.DISKFUL, ANY));
    world.edit(administrator().add("n6", MemberType.DISKFUL, ANY));
    refused(
        administrator().add("n7", MemberType.DISKFUL, ANY),
        "Diskful: layout 2D+1TB has 2, and administrators have asked for 2 already");
  }

  @Test
  void noReplicaIsPutOnADrainedHost() {
    world.drain("n5", true);
    refused(administrator().add("n5", MemberType.ACCESS, ANY), "host n5: is drained");
  }

  @Test
  void shadowsAreForHostsWithThatBuild() {
    refused(
        administrator().add("n5", MemberType.SHADOW_DISKFUL, ANY),
        "ShadowDiskful: host n5 has no DRBD with the disk option non-voting");
  }

  @Test
  void liminalTypesAreNotAskedFor() {
    refused(
        administrator().setType(0, MemberType.LIMINAL_DISKFUL, ANY),
        "LiminalDiskful: only on the way to another type, not to be asked for");
  }

  @Test
  void withLocalAccessThereIsNoAccessReplica() {
    world.goal(new Configuration(0, 1, Topology.IGNORED, VolumeAccess.LOCAL, 1));
    refused(
        administrator().add("n5", MemberType.ACCESS, ANY),
        "Access: volumeAccess=Local allows none");
  }

  @Test
  void whatWasOrderedToGoStaysIfThatIsSaidBeforeItBegins() {
    World world = new World(configuration(1, 0)).hosts(2);
    world.rest();
    world.edit(new Administrator(world.scene()).delete(0, false));
    world.rest();
    assertThat(world.intention.leaving()).as("nothing can take its place").containsExactly(0);

    world.edit(new Administrator(world.scene()).setType(0, MemberType.DISKFUL, ANY));
    world.rest();

    assertThat(world.intention.leaving()).isEmpty();
    assertThat(world.places).extracting(Place::exit).containsOnly(Exit.STAYS);
    assertThat(world.volume.mesh().voters()).hasSize(2);
  }

  @Test
  void aReplicaThatOthersAreConnectedToIsNotGivenUpAsDead() {
    refused(
        administrator().delete(0, true),
        "replica #0 on n1: is alive, #1, #2 are connected to it; delete it in the ordinary way,"
            + " or cut its host off first");
    world.crash("n1");
    assertThat(administrator().delete(0, true)).isInstanceOf(Administrator.Answer.Accepted.class);
  }

  @Test
  void whatFollowsFromItIsSaid() {
    assertThat(administrator().delete(0, false))
        .isInstanceOfSatisfying(
            Administrator.Answer.Accepted.class,
            answer ->
                assertThat(answer.remark())
                    .isEqualTo("replica #0 is to go; the layout wants another in its place"));
  }
}
