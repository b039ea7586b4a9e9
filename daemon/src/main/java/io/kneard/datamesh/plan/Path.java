package io.kneard.datamesh.plan;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a membership plan from the types a member goes through, as the specification's tables
 * write it: steps, their names, who confirms, what is waited for, all follow from that.
 */
final class Path {
  private static final Set<MemberType> STAR = EnumSet.of(MemberType.ACCESS, MemberType.TIE_BREAKER);

  private final When when;
  private final List<Optional<MemberType>> types;

  private Path(When when, List<Optional<MemberType>> types) {
    this.when = when;
    this.types = types;
  }

  /** From no member to the last of these. */
  static Path joining(When when, MemberType... types) {
    List<Optional<MemberType>> all = new ArrayList<>();
    all.add(Optional.empty());
    all.addAll(present(types));
    return new Path(when, all);
  }

  /** From the first of these to the last. */
  static Path changing(When when, MemberType... types) {
    return new Path(when, present(types));
  }

  /** From the first of these to no member. */
  static Path leaving(When when, MemberType... types) {
    List<Optional<MemberType>> all = new ArrayList<>(present(types));
    all.add(Optional.empty());
    return new Path(when, all);
  }

  private static List<Optional<MemberType>> present(MemberType... types) {
    return List.of(types).stream().map(Optional::of).toList();
  }

  Plan plan(TransitionKind kind, String id, String title, List<Guard> guards) {
    List<Step> steps = steps();
    boolean votes = types.stream().flatMap(Optional::stream).anyMatch(MemberType::voter);
    return new Plan(
        kind,
        id,
        votes ? Group.VOTER : Group.NON_VOTER,
        title,
        types.get(0),
        types.get(types.size() - 1),
        when,
        guards,
        steps);
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (when.qmr() == When.Qmr.FALLS) {
      steps.add(Step.of("qmr↓", Setting.LOWER_QMR, Confirmation.ALL_MEMBERS));
    }
    for (int i = 1; i < types.size(); i++) {
      steps.add(step(steps.size(), new Change.Become(types.get(i - 1), types.get(i))));
    }
    if (when.qmr() == When.Qmr.RISES) {
      steps.add(Step.of("qmr↑", Setting.RAISE_QMR, Confirmation.ALL_MEMBERS, Hold.COPIES));
    }
    return steps;
  }

  private Step step(int index, Change.Become change) {
    return new Step(
        change.name() + qMove(change), change, Confirmation.of(change), holds(index, change));
  }

  private String qMove(Change.Become change) {
    if (when.odd().isEmpty() || change.votes() == 0) {
      return "";
    }
    boolean odd = when.odd().get();
    if (change.votes() > 0) {
      return odd ? " + q↑" : "";
    }
    return odd ? "" : " + q↓";
  }

  private List<Hold> holds(int index, Change.Become change) {
    boolean vote = change.to().filter(MemberType::voter).isPresent();
    boolean later = index > 0;
    List<Hold> holds = new ArrayList<>();
    boolean counts = vote || change.to().equals(Optional.of(MemberType.TIE_BREAKER));
    if (change.from().filter(STAR::contains).isPresent() && counts) {
      holds.add(Hold.LINKED);
    }
    if (begins(change, MemberType.SHADOW_DISKFUL) && gainsVoteWithData()) {
      holds.add(Hold.SYNCED);
    }
    if (begins(change, MemberType.DISKFUL) && later) {
      holds.add(Hold.STILL_SAFE);
    }
    if (begins(change, MemberType.TIE_BREAKER) && later && !vote) {
      holds.add(Hold.TIE_BREAKER_SPARE);
    }
    return holds;
  }

  private static boolean begins(Change.Become change, MemberType type) {
    return change.from().equals(Optional.of(type));
  }

  /** Not past TB, where the data is given up on the way; from TB it is not. */
  private boolean gainsVoteWithData() {
    return types.get(types.size() - 1).equals(Optional.of(MemberType.DISKFUL))
        && !types.subList(1, types.size()).contains(Optional.of(MemberType.TIE_BREAKER));
  }
}
