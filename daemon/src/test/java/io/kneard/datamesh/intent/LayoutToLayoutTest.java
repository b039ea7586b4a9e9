package io.kneard.datamesh.intent;

import static io.kneard.datamesh.intent.World.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From any layout to any other, planner and engine together: it gets there, one edge of the graph
 * of layouts at a time, and protects on the way as the weaker of both ends does.
 */
class LayoutToLayoutTest {
  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};
  private static final int ENOUGH = 500;

  static Stream<Arguments> changes() {
    return Stream.of(LAYOUTS)
        .flatMap(
            from -> Stream.of(LAYOUTS).map(to -> Arguments.of(from[0], from[1], to[0], to[1])));
  }

  @ParameterizedTest(name = "from {0},{1} to {2},{3}")
  @MethodSource("changes")
  void itGetsThereWithNoMoreHostsThanTheLargerLayoutHasMembers(
      int fromBdl, int fromBua, int toBdl, int toBua) {
    Configuration from = configuration(fromBdl, fromBua);
    Configuration to = configuration(toBdl, toBua);
    int hosts = Math.max(mostOnTheWay(from, to), 1);
    World world = new World(from).hosts(hosts);
    world.rest();
    world.goal(to);
    arrive(world, from, to);
  }

  @ParameterizedTest(name = "from {0},{1} to {2},{3}")
  @MethodSource("changes")
  void itGetsThereOverFiveZonesWithTheVolumeInUse(int fromBdl, int fromBua, int toBdl, int toBua) {
    Configuration from = zoned(fromBdl, fromBua);
    Configuration to = zoned(toBdl, toBua);
    World world = new World(from);
    for (int i = 1; i <= 10; i++) {
      world.host("n" + i, "z" + i % 5);
    }
    world.rest();
    world.use("n1");
    world.rest();
    assertThat(weakness(world)).as("zones at first").isEqualTo(promised(from));
    world.goal(to);
    arrive(world, from, to);
    assertThat(weakness(world)).as("zones in the end").isEqualTo(promised(to));
    assertThat(world.volume.mesh().on("n1").orElseThrow().attached()).isTrue();
  }

  private static Configuration zoned(int bdl, int bua) {
    return new Configuration(bdl, bua, Topology.TRANS_ZONAL, VolumeAccess.ANY, 1);
  }

  private static int mostOnTheWay(Configuration from, Configuration to) {
    LayoutPath.Node end = LayoutPath.Node.of(to);
    LayoutPath.Node at = LayoutPath.Node.of(from);
    int most = members(from.layout());
    while (!at.equals(end)) {
      at = LayoutPath.next(at, end, Integer.MAX_VALUE);
      most = Math.max(most, members(at.layout()));
    }
    return most;
  }

  private static int members(Layout layout) {
    return layout.diskful() + layout.tieBreakers();
  }

  /** Zones whose loss is not survived: a layout that survives no failure promises nothing. */
  private static int promised(Configuration configuration) {
    return configuration.fttBua() > 0 ? 0 : configuration.layout().diskful();
  }

  private static int weakness(World world) {
    Mesh mesh = world.volume.mesh();
    return Spread.weakness(
        mesh.voters().stream().map(member -> member.zone()).toList(),
        mesh.tieBreakers().stream().map(member -> member.zone()).toList());
  }

  private static void arrive(World world, Configuration from, Configuration to) {
    int bdl = Math.min(from.fttBdl(), to.fttBdl());
    int bua = Math.min(from.fttBua(), to.fttBua());
    for (int i = 0; i < ENOUGH; i++) {
      Configuration before = world.waypoint;
      boolean moved = world.step();
      Configuration after = world.waypoint;
      assertThat(
              Math.abs(before.fttBdl() - after.fttBdl())
                  + Math.abs(before.fttBua() - after.fttBua()))
          .as("edges at once")
          .isLessThanOrEqualTo(1);
      Mesh mesh = world.volume.mesh();
      assertThat(mesh.q()).isEqualTo(Layout.majority(mesh.voters().size()));
      var protection = Planning.protection(world);
      assertThat(protection.fttBdl()).as(() -> story(world)).isGreaterThanOrEqualTo(bdl);
      assertThat(protection.fttBua()).as(() -> story(world)).isGreaterThanOrEqualTo(bua);
      if (!moved && !world.sync()) {
        break;
      }
    }
    Planning.assertThere(world);
  }

  private static String story(World world) {
    return world.intention.why() + " " + world.outcome.protection().text() + " " + world.volume;
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, 300).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensToHostsItComesToRestAndSaysWhatItLacks(int seed) {
    Random random = new Random(seed);
    World world = Happenings.start(random);
    List<String> story = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      story.add(Happenings.next(world, random));
      for (int steps = random.nextInt(6); steps > 0; steps--) {
        world.step();
        Planning.assertSane(world, story);
        if (random.nextBoolean()) {
          world.sync();
        }
      }
    }
    rest(world, story);
    Planning.assertThereOrSaid(world, story);
    world.sites.keySet().forEach(world::start);
    world.sites.keySet().forEach(node -> world.drain(node, false));
    world.pass(Duration.ofDays(1));
    rest(world, story);
    Planning.assertThereOrSaid(world, story);
  }

  private static void rest(World world, List<String> story) {
    try {
      world.rest();
    } catch (AssertionError e) {
      throw new AssertionError(story + ": " + e.getMessage(), e);
    }
  }
}
