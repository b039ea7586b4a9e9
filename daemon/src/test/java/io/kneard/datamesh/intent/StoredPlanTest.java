package io.kneard.datamesh.intent;

import static io.kneard.datamesh.intent.World.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.Volume;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan that is under way is stored by its id, and whoever decides next goes on with that one. */
class StoredPlanTest {
  /** One copy, and a second one on its way by a plan of one's own. */
  private static World underway() {
    World world = new World(configuration(0, 0)).hosts(3);
    world.rest();
    world.goal(configuration(1, 0));
    for (int i = 0; i < 20 && world.volume.transitions().isEmpty(); i++) {
      world.step();
      world.sync();
    }
    return world;
  }

  private static Transition only(World world) {
    assertThat(world.volume.transitions()).hasSize(1);
    return world.volume.transitions().get(0);
  }

  private static void store(World world, String plan) {
    Transition now = only(world);
    Volume volume = world.volume;
    world.volume =
        volume.after(volume.mesh(), List.of(now.at(plan, now.step()).applied(now.appliedAt())));
  }

  @Test
  void aPlanThisVersionDoesNotHaveIsLeftToWhoeverHasIt() {
    World world = underway();
    String known = only(world).planId();
    List<Member> members = world.volume.mesh().members();

    store(world, "diskful-by-magic/v9");
    world.rest();

    assertThat(only(world).planId()).isEqualTo("diskful-by-magic/v9");
    assertThat(world.volume.mesh().members()).isEqualTo(members);
    assertThat(world.outcome.progress().get(0).text()).contains("diskful-by-magic/v9");

    store(world, known);
    world.rest();
    assertThat(world.volume.transitions()).isEmpty();
    assertThat(world.volume.mesh().voters()).hasSize(2);
  }

  @Test
  void itIsGoneOnWithAlsoWhereAnotherOneWouldBeChosenNow() {
    World world = underway();
    String chosen = only(world).planId();
    assertThat(chosen).isEqualTo("diskful-q-up-qmr-up/v1");

    store(world, "diskful-q-up/v1");
    world.step();

    assertThat(world.volume.transitions())
        .filteredOn(t -> t.target().equals(Optional.of(MemberType.DISKFUL)))
        .extracting(Transition::planId)
        .containsExactly("diskful-q-up/v1");
    world.rest();
    assertThat(world.volume.mesh().voters()).hasSize(2);
    assertThat(world.volume.mesh().qmr()).as("by a change of quorum").isEqualTo(2);
  }
}
