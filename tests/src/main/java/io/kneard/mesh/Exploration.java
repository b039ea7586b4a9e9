package io.kneard.mesh;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every order in which the hosts of a mesh can get to what is published, from one beginning to
 * every end.
 */
final class Exploration {
  private final int failures;
  private final boolean met;
  private final Set<MeshWorld.State> seen = new HashSet<>();
  private final Deque<MeshWorld> open = new ArrayDeque<>();
  private final List<String> violations = new ArrayList<>();
  private long moves;

  /**
   * @param failures how many hosts may fail at once at any moment without I/O coming to a stop: 0
   *     or 1
   * @param met whether at the end everything has to be as it was wanted; else it is enough that it
   *     is said why not
   */
  Exploration(int failures, boolean met) {
    this.failures = failures;
    this.met = met;
  }

  void from(MeshWorld start) {
    open.add(start);
    while (!open.isEmpty()) {
      visit(open.poll());
    }
  }

  int states() {
    return seen.size();
  }

  long moves() {
    return moves;
  }

  List<String> violations() {
    return violations;
  }

  private void visit(MeshWorld world) {
    if (!seen.add(world.state())) {
      return;
    }
    violations.addAll(Rules.broken(world));
    if (failures > 0) {
      interruption(world).ifPresent(violations::add);
    }
    List<MeshWorld> next = successors(world);
    moves += next.size();
    if (next.isEmpty()) {
      violations.addAll(met ? world.unmet() : world.stuck());
    }
    open.addAll(next);
  }

  private static List<MeshWorld> successors(MeshWorld world) {
    List<MeshWorld> next = new ArrayList<>();
    MeshWorld decided = world.copy();
    if (decided.decide()) {
      next.add(decided);
    }
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      MeshWorld applied = world.copy();
      applied.apply(id);
      addIfOther(next, world, applied);
      MeshWorld synced = world.copy();
      synced.sync(id);
      addIfOther(next, world, synced);
    }
    return next;
  }

  private static void addIfOther(List<MeshWorld> next, MeshWorld world, MeshWorld after) {
    if (!after.state().equals(world.state())) {
      next.add(after);
    }
  }

  /** A single host whose failure would stop I/O on another one. */
  private static Optional<String> interruption(MeshWorld world) {
    int everybody = (1 << MeshWorld.HOSTS) - 1;
    for (Member lost : world.mesh().members()) {
      MeshWorld after = world.copy();
      after.crash(lost.id());
      Optional<MeshHost> stopped =
          after.hosts().stream()
              .filter(host -> host.up() && host.upToDate() && host.is(MemberType.DISKFUL))
              .filter(host -> !Quorum.of(host, everybody, after::host))
              .findFirst();
      if (stopped.isPresent()) {
        return Optional.of(
            "the loss of n%d stops I/O on n%d, which has %s; published is %s"
                .formatted(
                    lost.id(), stopped.get().id, stopped.get().view().orElseThrow(), world.mesh()));
      }
    }
    return Optional.empty();
  }
}
