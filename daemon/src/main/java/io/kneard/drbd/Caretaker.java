package io.kneard.drbd;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Report;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Sees to one resource: looks, decides, runs, until it is as it should be or cannot be. What it
 * remembers from one call to the next it can do without: everything that counts is in the kernel,
 * on the disk and in the assignment.
 */
final class Caretaker {
  /** Looks and changes in one call; more than any way needs. */
  private static final int ROUNDS_MAX = 6;

  /** How long a peer that stands alone is left alone before it is connected to again. */
  private static final long REST_NANOS = 10_000_000_000L;

  private final Tools tools;
  private final Look look;
  private final Function<String, Storage> pools;
  private final DeviceLink links;
  private final Map<Integer, Long> tried = new TreeMap<>();
  private Optional<Set<Integer>> forgottenBut = Optional.empty();
  private long applied = -1;
  private boolean hung;
  private String unseen = "";

  /**
   * @param pools the storage of each pool of this host, by its name
   */
  Caretaker(Tools tools, Function<String, Storage> pools, DeviceLink links) {
    this.tools = tools;
    this.look = new Look(tools);
    this.pools = pools;
    this.links = links;
  }

  /** Whether a tool did not come back in the last call. */
  boolean hung() {
    return hung;
  }

  /** Why nothing could be seen in the last call. */
  String unseen() {
    return unseen;
  }

  /** Does what can be done now, and says how things are; empty if nothing could be seen. */
  Optional<Report> attend(Assignment assignment, long nowNanos) throws InterruptedException {
    applied = Math.max(applied, assignment.reported());
    hung = false;
    List<String> problems = new ArrayList<>();
    Optional<Backing> backing = backing(assignment, problems);
    Optional<String> inUse = Optional.empty();
    Optional<Found> last = Optional.empty();
    boolean done = false;
    for (int round = 0; round < ROUNDS_MAX && !hung; round++) {
      Optional<Found> found = found(assignment, backing, nowNanos, problems);
      last = found.isPresent() ? found : last;
      Optional<Plan> plan = found.flatMap(one -> plan(assignment, backing, one));
      if (plan.isEmpty()) {
        break;
      }
      done = plan.get().done() && problems.isEmpty();
      if (plan.get().commands().isEmpty()) {
        plan.get().waits().ifPresent(problems::add);
        break;
      }
      Pass pass = new Pass(tools);
      before(assignment, found.get(), plan.get(), nowNanos);
      pass.run(plan.get());
      hung = pass.hung();
      inUse = pass.inUse();
      if (!pass.problems().isEmpty()) {
        problems.addAll(pass.problems());
        last = found(assignment, backing, nowNanos, problems).or(() -> found);
        break;
      }
      if (done) {
        break;
      }
      if (pass.clean()) {
        last.ifPresent(one -> remember(assignment, one));
      }
    }
    if (last.isEmpty()) {
      unseen = String.join("; ", problems);
      return Optional.empty();
    }
    tidy(assignment, last.get(), done, problems);
    if (done && problems.isEmpty()) {
      applied = assignment.resource().map(one -> one.revision()).orElse(0L);
    }
    return Optional.of(
        Observed.report(
            assignment,
            last.get(),
            applied,
            done && problems.isEmpty(),
            inUse.isPresent(),
            backing,
            problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems))));
  }

  private Optional<Backing> backing(Assignment assignment, List<String> problems)
      throws InterruptedException {
    if (!assignment.wantsDisk()) {
      return Optional.empty();
    }
    try {
      Storage storage = storage(assignment);
      long bytes =
          BackingSize.needed(
              Math.max(assignment.size(), assignment.resource().orElseThrow().size()));
      Optional<Backing> there = storage.find(assignment.replica());
      if (there.isEmpty()) {
        storage.create(assignment.replica(), bytes);
      } else if (there.get().size() < bytes) {
        storage.grow(assignment.replica(), bytes);
      }
      return storage.find(assignment.replica());
    } catch (StorageProblem e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private Storage storage(Assignment assignment) throws StorageProblem {
    String name = assignment.pool().orElse("(none)");
    return Optional.ofNullable(pools.apply(name))
        .orElseThrow(() -> new StorageProblem("this host has no pool " + name));
  }

  private Optional<Found> found(
      Assignment assignment, Optional<Backing> backing, long nowNanos, List<String> problems)
      throws InterruptedException {
    try {
      String name = Target.resourceName(assignment.volume());
      Found found = look.at(name, forgotten(assignment), resting(nowNanos));
      boolean attach =
          backing.isPresent()
              && found.attached().isEmpty()
              && assignment.target(backing.map(Backing::path)).wantsAttached();
      if (!attach) {
        return Optional.of(found);
      }
      Metadata metadata =
          look.metadata(
              assignment.target(backing.map(Backing::path)), backing.orElseThrow().path());
      return Optional.of(
          new Found(
              found.setup(),
              found.status(),
              Optional.of(metadata),
              found.forgotten(),
              found.resting()));
    } catch (Look.Blind e) {
      hung = e.hung();
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** Where the storage could not be asked, a disk that is attached stays; else nothing is done. */
  private static Optional<Plan> plan(
      Assignment assignment, Optional<Backing> backing, Found found) {
    if (assignment.resource().isEmpty()) {
      return Optional.of(Planner.away(Target.resourceName(assignment.volume()), found));
    }
    Optional<String> disk = backing.map(Backing::path).or(found::attached);
    boolean unknown = assignment.wantsDisk() && disk.isEmpty();
    return unknown ? Optional.empty() : Optional.of(Planner.toward(assignment.target(disk), found));
  }

  private void before(Assignment assignment, Found found, Plan plan, long nowNanos) {
    if (plan.commands().stream().anyMatch(command -> command.is("down"))) {
      links.remove(assignment.volume());
    }
    if (plan.commands().stream().anyMatch(command -> command.is("attach"))) {
      forgottenBut = Optional.empty();
    }
    found
        .status()
        .ifPresent(
            status ->
                status.connections().stream()
                    .filter(Status.Connection::standalone)
                    .forEach(one -> tried.putIfAbsent(one.peer(), nowNanos)));
  }

  private Set<Integer> resting(long nowNanos) {
    tried.values().removeIf(since -> nowNanos - since >= REST_NANOS);
    return Set.copyOf(tried.keySet());
  }

  private boolean forgotten(Assignment assignment) {
    return forgottenBut.filter(peers -> peers.equals(peers(assignment))).isPresent();
  }

  private void remember(Assignment assignment, Found found) {
    if (found.attached().isPresent()) {
      forgottenBut = Optional.of(peers(assignment));
    }
  }

  private static Set<Integer> peers(Assignment assignment) {
    Set<Integer> ids = new HashSet<>();
    assignment.resource().ifPresent(one -> one.peers().forEach(peer -> ids.add(peer.id())));
    return ids;
  }

  /** The link, and the backing volume of a replica that is to have none. */
  private void tidy(Assignment assignment, Found found, boolean done, List<String> problems)
      throws InterruptedException {
    try {
      if (assignment.resource().isEmpty()) {
        links.remove(assignment.volume());
      } else if (found.device().isPresent()) {
        links.make(assignment.volume(), assignment.minor());
      }
      boolean remove =
          assignment.resource().isPresent() ? !assignment.wantsDisk() : assignment.removeDisk();
      if (done && remove && assignment.pool().isPresent()) {
        storage(assignment).remove(assignment.replica());
      }
    } catch (StorageProblem | UncheckedIOException e) {
      problems.add(e.getMessage());
    }
  }
}
