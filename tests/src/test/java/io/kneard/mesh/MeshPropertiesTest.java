package io.kneard.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Volume;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every mesh, whatever is asked of it and whatever happens to its hosts. */
class MeshPropertiesTest {
  @Provide
  Arbitrary<List<Move>> moves() {
    return Moves.lists();
  }

  @Provide
  Arbitrary<Configuration> configurations() {
    return Moves.configurations();
  }

  @Property(tries = 300)
  void twoSidesNeverHaveQuorumAndTheDataIsNeverGivenUp(
      @ForAll("configurations") Configuration first,
      @ForAll("moves") List<Move> moves,
      @ForAll boolean shadows) {
    MeshWorld world = Meshes.formed(first, shadows);
    for (Move move : moves) {
      move.happen(world);
      assertThat(Rules.broken(world)).as("after " + move).isEmpty();
    }
  }

  @Property(tries = 200)
  void withoutNewsASecondDecisionChangesNothing(
      @ForAll("configurations") Configuration first,
      @ForAll("moves") List<Move> moves,
      @ForAll boolean shadows) {
    MeshWorld world = Meshes.formed(first, shadows);
    for (Move move : moves) {
      move.happen(world);
      world.decide();
      Volume decided = world.volume();
      world.decide();
      assertThat(world.volume()).isEqualTo(decided);
    }
  }

  @Property(tries = 200)
  void whenTroubleIsOverEverythingEndsOrSaysWhyNot(
      @ForAll("configurations") Configuration first,
      @ForAll("moves") List<Move> moves,
      @ForAll boolean shadows) {
    MeshWorld world = Meshes.formed(first, shadows);
    moves.forEach(move -> move.happen(world));
    world.heal();
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      world.start(id);
    }
    Meshes.rest(world);
    assertThat(world.stuck()).isEmpty();
  }
}
