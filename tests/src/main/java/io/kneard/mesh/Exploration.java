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
  private final List<Move> troubles;
  private final Set<Key> seen = new HashSet<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private final List<String> violations = new ArrayList<>();
  private long moves;

  /** A state of the world, with the troubles that have come, a bit for each. */
  private record Node(MeshWorld world, int came) {
    Key key() {
      return new Key(world.state(), came);
    }
  }

  private record Key(MeshWorld.State state, int came) {}

  /**
   * @param failures how many hosts may fail at once at any moment without I/O coming to a stop: 0
   *     or 1
   * @param met whether at the end everything has to be as it was wanted; else it is enough that it
   *     is said why not
   * @param troubles what may happen besides, each once, at any moment
   */
  Exploration(int failures, boolean met, List<Move> troubles) {
    this.failures = failures;
    this.met = met;
    this.troubles = List.copyOf(troubles);
  }

  /** Goes through all of it, or to the first violation. */
  void from(MeshWorld start, boolean stopAtFirst) {
    open.add(new Node(start, 0));
    while (!open.isEmpty() && !(stopAtFirst && !violations.isEmpty())) {
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

  private void visit(Node node) {
    if (!seen.add(node.key())) {
      return;
    }
    MeshWorld world = node.world();
    boolean allUp = world.hosts().stream().allMatch(MeshHost::up);
    violations.addAll(Rules.broken(world));
    if (allUp && troubles.isEmpty()) {
      Rules.copies(world.mesh()).ifPresent(violations::add);
    }
    if (allUp) {
      stopped(world, "without any failure I/O stops").ifPresent(violations::add);
    }
    if (allUp && failures > 0) {
      interruption(world).ifPresent(violations::add);
    }
    List<Node> next = successors(node);
    moves += next.size();
    if (next.isEmpty() && allUp) {
      violations.addAll(met ? world.unmet() : world.stuck());
    }
    open.addAll(next);
  }

  private List<Node> successors(Node node) {
    MeshWorld world = node.world();
    List<Node> next = new ArrayList<>();
    MeshWorld decided = world.copy();
    if (decided.decide()) {
      violations.addAll(Rules.broken(world, decided));
      next.add(new Node(decided, node.came()));
    }
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      if (world.behind(id)) {
        MeshWorld applied = world.copy();
        applied.apply(id);
        next.add(new Node(applied, node.came()));
      }
      if (!world.host(id).upToDate()) {
        MeshWorld synced = world.copy();
        synced.sync(id);
        if (synced.host(id).upToDate()) {
          next.add(new Node(synced, node.came()));
        }
      }
    }
    for (int i = 0; i < troubles.size(); i++) {
      if ((node.came() & 1 << i) == 0) {
        MeshWorld troubled = world.copy();
        troubles.get(i).happen(troubled);
        next.add(new Node(troubled, node.came() | 1 << i));
      }
    }
    return next;
  }

  /** A single host whose failure would stop I/O on another one. */
  private static Optional<String> interruption(MeshWorld world) {
    for (Member lost : world.mesh().members()) {
      MeshWorld after = world.copy();
      after.crash(lost.id());
      Optional<String> stopped = stopped(after, "the loss of n%d stops I/O".formatted(lost.id()));
      if (stopped.isPresent()) {
        return stopped;
      }
    }
    return Optional.empty();
  }

  /** A host that has the data and no quorum. */
  private static Optional<String> stopped(MeshWorld world, String why) {
    int everybody = (1 << MeshWorld.HOSTS) - 1;
    return world.hosts().stream()
        .filter(host -> host.up() && host.upToDate() && host.is(MemberType.DISKFUL))
        .filter(host -> !Quorum.of(host, everybody, world::host))
        .findFirst()
        .map(
            host ->
                "%s on n%d, which has %s; published is %s"
                    .formatted(why, host.id, host.view().orElseThrow(), world.mesh()));
  }
}
