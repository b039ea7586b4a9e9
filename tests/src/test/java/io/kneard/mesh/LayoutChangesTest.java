package io.kneard.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From one layout to the next, in every order in which hosts may apply what is published: never two
 * quorums, never I/O stopped by a failure that both layouts survive, and always to the end.
 */
class LayoutChangesTest {
  @ParameterizedTest(name = "from {0},{1} to {2},{3}, flant-drbd {4}")
  @CsvSource({
    "0, 0, 1, 0, false",
    "1, 0, 0, 0, false",
    "0, 0, 0, 1, false",
    "0, 1, 0, 0, false",
    "1, 0, 1, 1, false",
    "1, 1, 1, 0, false",
    "0, 1, 1, 1, false",
    "1, 1, 0, 1, false",
    "1, 1, 2, 1, false",
    "2, 1, 1, 1, false",
    "1, 1, 1, 2, false",
    "1, 2, 1, 1, false",
    "2, 1, 2, 2, false",
    "2, 2, 2, 1, false",
    "1, 2, 2, 2, false",
    "2, 2, 1, 2, false",
    "0, 1, 1, 0, false",
    "1, 0, 0, 1, false",
    "0, 0, 1, 0, true",
    "0, 1, 1, 1, true",
    "1, 1, 0, 1, true",
    "1, 1, 2, 1, true"
  })
  void everyOrderIsSafe(int fromBdl, int fromBua, int toBdl, int toBua, boolean shadows) {
    Configuration from = Moves.configuration(fromBdl, fromBua);
    Configuration to = Moves.configuration(toBdl, toBua);
    MeshWorld world = Meshes.formed(from, shadows);
    world.configure(to);
    want(world, Meshes.types(from.layout()), Meshes.types(to.layout()));
    Exploration exploration =
        new Exploration(Math.min(1, Math.min(fromBua, toBua)), true, List.of());
    exploration.from(world, false);
    assertThat(exploration.violations()).isEmpty();
    assertThat(exploration.states()).isGreaterThan(3);
    System.out.printf(
        "%s -> %s %s: %d states, %d moves%n",
        from.layout(), to.layout(), shadows, exploration.states(), exploration.moves());
  }

  /** Members stay what they are as far as that is wanted; others take new places. */
  private static void want(
      MeshWorld world, Map<Integer, MemberType> from, Map<Integer, MemberType> to) {
    Deque<MemberType> missing = new ArrayDeque<>(to.values());
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      MemberType type = from.get(id);
      boolean stays = type != null && missing.removeFirstOccurrence(type);
      boolean free = type == null && !missing.isEmpty() && id >= from.size();
      MemberType wanted = stays ? type : free ? missing.removeFirst() : null;
      world.want(id, Optional.ofNullable(wanted));
    }
  }
}
