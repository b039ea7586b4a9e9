package io.kneard.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Transition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every mesh, whatever is asked of it and whatever happens to its hosts. */
class MeshPropertiesTest {
  private static final int ROUNDS_TO_REST = 200;

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
    MeshWorld world = formed(first, shadows);
    for (Move move : moves) {
      move.happen(world);
      assertThat(Rules.broken(world)).as("after " + move).isEmpty();
    }
  }

  @Property(tries = 200)
  void aStepIsPublishedOnceAndInOrder(
      @ForAll("configurations") Configuration first,
      @ForAll("moves") List<Move> moves,
      @ForAll boolean shadows) {
    MeshWorld world = formed(first, shadows);
    for (Move move : moves) {
      List<Transition> before = world.volume().transitions();
      long revision = world.mesh().revision();
      move.happen(world);
      for (Transition after : world.volume().transitions()) {
        before.stream()
            .filter(t -> t.applied() && sameStep(t, after))
            .forEach(t -> assertThat(after.appliedAt()).isEqualTo(t.appliedAt()));
      }
      assertThat(world.mesh().revision()).isGreaterThanOrEqualTo(revision);
    }
  }

  private static boolean sameStep(Transition a, Transition b) {
    return a.kind() == b.kind()
        && a.subject().equals(b.subject())
        && a.planId().equals(b.planId())
        && a.step() == b.step();
  }

  @Property(tries = 200)
  void whenTroubleIsOverEverythingEndsOrSaysWhyNot(
      @ForAll("configurations") Configuration first,
      @ForAll("moves") List<Move> moves,
      @ForAll boolean shadows) {
    MeshWorld world = formed(first, shadows);
    moves.forEach(move -> move.happen(world));
    world.heal();
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      world.start(id);
    }
    rest(world);
    Outcome outcome = world.decision();
    assertThat(outcome.volume().transitions()).isEmpty();
    assertThat(world.unmet(outcome)).isEmpty();
  }

  private static MeshWorld formed(Configuration configuration, boolean shadows) {
    MeshWorld world = new MeshWorld(configuration, shadows);
    world.found(types(configuration.layout()));
    rest(world);
    assertThat(world.mesh().stage()).isEqualTo(Stage.FORMED);
    return world;
  }

  private static Map<Integer, MemberType> types(Layout layout) {
    Map<Integer, MemberType> types = new TreeMap<>();
    for (int id = 0; id < layout.diskful(); id++) {
      types.put(id, MemberType.DISKFUL);
    }
    if (layout.tieBreakers() > 0) {
      types.put(layout.diskful(), MemberType.TIE_BREAKER);
    }
    return types;
  }

  /** Everybody does what there is to do until there is nothing more. */
  private static void rest(MeshWorld world) {
    for (int round = 0; round < ROUNDS_TO_REST; round++) {
      boolean changed = world.decide();
      for (int id = 0; id < MeshWorld.HOSTS; id++) {
        world.apply(id);
        world.sync(id);
      }
      if (!changed && !world.decide()) {
        return;
      }
    }
    throw new AssertionError("no rest: " + world.volume());
  }
}
