package io.kneard.datamesh.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Protection;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.plan.Facts;
import java.util.List;

/** What must be true of a plan. */
final class Planning {
  private Planning() {}

  /** How well the volume is protected by what the hosts say now. */
  static Protection protection(World world) {
    Scene scene = world.scene();
    return new Facts(world.intention.picture(scene), scene.volume().mesh()).protection();
  }

  /** The mesh is just what was wanted in the end. */
  static void assertThere(World world) {
    Mesh mesh = world.volume.mesh();
    Layout layout = world.wish.goal().layout();
    String story = world.intention.why() + " " + world.outcome.blocked() + " " + mesh;
    assertThat(world.waypoint).as(story).isEqualTo(world.wish.goal());
    assertThat(mesh.voters()).as(story).hasSize(layout.diskful());
    assertThat(mesh.tieBreakers()).as(story).hasSize(layout.tieBreakers());
    assertThat(mesh.qmr()).as(story).isEqualTo(layout.qmr());
    assertThat(protection(world).fttBdl()).as(story).isEqualTo(world.wish.goal().fttBdl());
    assertThat(protection(world).fttBua()).as(story).isEqualTo(world.wish.goal().fttBua());
    assertThat(world.volume.transitions()).as(story).isEmpty();
    assertThat(world.intention.leaving()).as(story).isEmpty();
  }

  /** True at every moment, whatever has happened. */
  static void assertSane(World world, List<String> story) {
    Mesh mesh = world.volume.mesh();
    if (mesh.stage() == Stage.FORMED) {
      assertThat(mesh.q()).as("%s", story).isEqualTo(Layout.majority(mesh.voters().size()));
      assertThat(world.copies())
          .as("the data is somewhere, %s", story)
          .anyMatch(id -> mesh.member(id).isPresent());
    }
    assertThat(world.places.stream().map(Place::node))
        .as("one replica a host, %s", story)
        .doesNotHaveDuplicates();
    Intention again = Planner.plan(world.scene(), world.now);
    Scene scene = world.scene();
    Scene planned =
        new Scene(
            scene.wish(),
            again.waypoint(),
            scene.volume(),
            again.places(),
            scene.reports(),
            scene.intents(),
            scene.sites());
    Intention then = Planner.plan(planned, world.now);
    if (then.waypoint().equals(again.waypoint())) {
      assertThat(then.places())
          .as("a plan for what was planned, %s", story)
          .isEqualTo(again.places());
    }
  }

  /** At rest: either all is as wanted, or it is said what is missing. */
  static void assertThereOrSaid(World world, List<String> story) {
    boolean said =
        world.intention.why().contains(";")
            || !world.outcome.blocked().isEmpty()
            || world.outcome.progress().stream().anyMatch(one -> !one.text().isEmpty())
            || world.intention.reasons().stream()
                .anyMatch(one -> one.text().contains("its host is gone"));
    if (!said) {
      try {
        assertThere(world);
      } catch (AssertionError e) {
        throw new AssertionError(story + ": " + e.getMessage(), e);
      }
    }
  }
}
