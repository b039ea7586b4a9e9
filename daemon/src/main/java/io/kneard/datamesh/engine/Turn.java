package io.kneard.datamesh.engine;

import io.kneard.datamesh.Blocked;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Facts;
import io.kneard.datamesh.plan.Guard;
import io.kneard.datamesh.plan.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One decision in the making: the mesh and the transitions as they are so far. Lives for one call
 * of {@link Engine#decide} and is seen by nobody else.
 */
final class Turn {
  final Picture picture;
  final Set<Integer> givenUp;
  private Mesh mesh;
  private final List<Transition> active;
  private final Map<List<Object>, Blocked> blocked = new LinkedHashMap<>();
  private final Map<Integer, String> done = new TreeMap<>();

  Turn(Picture picture) {
    this.picture = picture;
    this.mesh = picture.volume().mesh();
    this.active = new ArrayList<>(picture.volume().transitions());
    this.givenUp =
        picture.requests().stream()
            .filter(Request.ForceRemove.class::isInstance)
            .map(Request::replica)
            .filter(id -> Guard.UNREACHABLE.blocks(nobodyGivenUp(id)).isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  private Situation nobodyGivenUp(int subject) {
    return new Situation(
        picture, mesh, List.of(), subject, Optional.empty(), Optional.empty(), Set.of());
  }

  /** Forgets the views that no host decides by anymore. */
  void forgetOldViews() {
    Facts facts = new Facts(picture, mesh);
    mesh = mesh.settled(member -> facts.applied(member.id()));
  }

  Mesh mesh() {
    return mesh;
  }

  List<Transition> active() {
    return List.copyOf(active);
  }

  /** The transition of this replica in the given groups, if one is active. */
  Optional<Transition> activeOn(int replica, boolean membership) {
    return active.stream()
        .filter(t -> t.concerns(replica) && isMembership(t) == membership)
        .findFirst();
  }

  private static boolean isMembership(Transition t) {
    return t.group().membership() || t.kind() == TransitionKind.FORCE_REMOVE_MEMBER;
  }

  Situation about(int subject, Optional<MemberType> target, Optional<String> pool) {
    return new Situation(picture, mesh, active(), subject, target, pool, givenUp);
  }

  Situation about(int subject) {
    return about(subject, Optional.empty(), Optional.empty());
  }

  Situation about(Transition t) {
    return about(t.subject().orElse(Situation.NOBODY), t.target(), t.pool());
  }

  /** The one place where the mesh changes. Returns the revision that carries the change. */
  long publish(Mesh next) {
    if (!next.equals(mesh)) {
      mesh = next.publishedAfter(mesh);
    }
    return mesh.revision();
  }

  void add(Transition t) {
    active.add(t);
  }

  void replace(Transition before, Transition after) {
    active.set(active.indexOf(before), after);
  }

  void end(Transition t) {
    active.remove(t);
  }

  /** What happened to a replica in this turn, in words. */
  void done(Optional<Integer> replica, String what) {
    replica.ifPresent(id -> done.put(id, what));
  }

  Optional<String> doneTo(int replica) {
    return Optional.ofNullable(done.get(replica));
  }

  void blocked(TransitionKind kind, Optional<Integer> subject, String title, Block why) {
    blocked.put(List.of(kind, subject), new Blocked(kind, subject, title, why.by(), why.reason()));
  }

  void notBlocked(TransitionKind kind, Optional<Integer> subject) {
    blocked.remove(List.<Object>of(kind, subject));
  }

  boolean blockedBy(TransitionKind kind, int subject, String by) {
    return Optional.ofNullable(blocked.get(List.<Object>of(kind, Optional.of(subject))))
        .filter(one -> one.by().equals(by))
        .isPresent();
  }

  List<Blocked> blocked() {
    return List.copyOf(blocked.values());
  }
}
