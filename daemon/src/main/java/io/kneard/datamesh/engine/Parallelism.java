package io.kneard.datamesh.engine;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Situation;
import java.util.List;
import java.util.Optional;

/** What may run at the same time. */
final class Parallelism {
  private Parallelism() {}

  /**
   * Why a transition may not begin or go on.
   *
   * @param others active ones, without the transition itself
   */
  static Optional<Block> refuses(Transition proposed, List<Transition> others, Situation s) {
    return reason(proposed, others, s).map(why -> new Block(Block.PARALLELISM, why));
  }

  private static Optional<String> reason(
      Transition proposed, List<Transition> others, Situation s) {
    if (occupied(others, Group.FORMATION)) {
      return inProgress(Group.FORMATION);
    }
    return switch (proposed.group()) {
      case EMERGENCY -> Optional.empty();
      case FORMATION -> others.stream().findFirst().flatMap(t -> inProgress(t.group()));
      case VOTER ->
          first(others, Group.VOTER, Group.QUORUM, Group.ADDRESSES)
              .or(() -> resizing(proposed, others));
      case NON_VOTER -> resizing(proposed, others);
      case QUORUM -> first(others, Group.VOTER, Group.QUORUM, Group.ADDRESSES);
      case ADDRESSES -> first(others, Group.ADDRESSES, Group.QUORUM);
      case RESIZE -> first(others, Group.RESIZE).or(() -> gainingDisk(others));
      case MULTIATTACH -> first(others, Group.MULTIATTACH);
      case IO -> use(proposed, others, s);
    };
  }

  private static Optional<String> first(List<Transition> others, Group... groups) {
    return List.of(groups).stream()
        .filter(group -> occupied(others, group))
        .findFirst()
        .flatMap(Parallelism::inProgress);
  }

  private static Optional<String> inProgress(Group group) {
    return Optional.of(group.title() + " in progress");
  }

  private static boolean occupied(List<Transition> others, Group group) {
    return others.stream().anyMatch(t -> t.group() == group);
  }

  private static Optional<String> resizing(Transition proposed, List<Transition> others) {
    return gainsDisk(proposed) ? first(others, Group.RESIZE) : Optional.empty();
  }

  private static Optional<String> gainingDisk(List<Transition> others) {
    return others.stream()
        .filter(Parallelism::gainsDisk)
        .findFirst()
        .map(t -> "a member gains a disk");
  }

  private static boolean gainsDisk(Transition t) {
    boolean gaining =
        t.kind() == TransitionKind.ADD_MEMBER || t.kind() == TransitionKind.CHANGE_MEMBER_TYPE;
    return gaining && t.target().filter(MemberType::diskAttached).isPresent();
  }

  private static Optional<String> use(Transition proposed, List<Transition> others, Situation s) {
    boolean same = others.stream().anyMatch(t -> t.group() == Group.IO && t.concerns(s.subject()));
    if (same) {
      return Optional.of(Group.IO.title() + " of this member in progress");
    }
    boolean second = proposed.kind() == TransitionKind.ATTACH && !s.potentiallyAttached().isEmpty();
    boolean allowed = s.mesh().multiattach() && !occupied(others, Group.MULTIATTACH);
    return second && !allowed
        ? Optional.of("waiting for multiattach to be enabled")
        : Optional.empty();
  }
}
