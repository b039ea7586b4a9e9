package io.kneard.datamesh.plan;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The catalogue of all plans. A plan that may still be under way somewhere stays in it under its
 * id; a change of what a plan does is a new plan with the next version.
 */
public final class Plans {
  /** Every plan there is. */
  public static final List<Plan> ALL =
      Stream.of(MembershipPlans.all(), ChangeTypePlans.all(), MeshPlans.all())
          .flatMap(List::stream)
          .toList();

  private Plans() {}

  /** The plan of this kind with this id; empty if this version has none. */
  public static Optional<Plan> find(TransitionKind kind, String id) {
    return ALL.stream().filter(plan -> plan.kind() == kind && plan.id().equals(id)).findFirst();
  }

  /** The plan of a kind that has only this one, or is chosen by id alone. */
  public static Plan get(TransitionKind kind, String id) {
    return find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no plan " + kind.title() + " " + id));
  }

  /**
   * A plan and the step it is taken up at.
   *
   * @param step index, from 0
   */
  public record Entry(Plan plan, int step) {
    int left() {
      return plan.steps().size() - step;
    }
  }

  /**
   * The shortest way for the subject from the type it has to the one it is to have, as things are.
   * From a type of the specification's tables that is the row with this beginning; from anywhere
   * else, as after a forced end, it is the rest of a row, of one for another number of voters if
   * need be: the votes needed follow the voters in any of them.
   */
  public static Optional<Entry> way(TransitionKind kind, Situation s, Optional<MemberType> to) {
    Optional<MemberType> from = s.member().map(member -> member.type());
    boolean joins = to.filter(MemberType::voter).isPresent();
    When.Qmr move =
        kind == TransitionKind.CHANGE_MEMBER_TYPE ? When.Qmr.STAYS : When.move(s, joins);
    When now = When.now(s, votes(from, to) ? move : When.Qmr.STAYS);
    return shortest(kind, from, to, plan -> plan.when().suits(now))
        .or(() -> shortest(kind, from, to, plan -> plan.when().suitsRoughly(now)));
  }

  private static Optional<Entry> shortest(
      TransitionKind kind,
      Optional<MemberType> from,
      Optional<MemberType> to,
      Predicate<Plan> suits) {
    return ALL.stream()
        .filter(plan -> plan.kind() == kind && plan.to().equals(to))
        .filter(suits)
        .flatMap(plan -> entry(plan, from).stream())
        .min(Comparator.comparingInt(Entry::left).thenComparingInt(Entry::step));
  }

  private static boolean votes(Optional<MemberType> from, Optional<MemberType> to) {
    return Stream.of(from, to).flatMap(Optional::stream).anyMatch(MemberType::voter);
  }

  private static Optional<Entry> entry(Plan plan, Optional<MemberType> from) {
    if (plan.from().equals(from)) {
      return Optional.of(new Entry(plan, 0));
    }
    return plan.stepFrom(from).map(step -> new Entry(plan, step));
  }

  /** The plan that takes a dead member out. */
  public static Optional<Plan> forceRemove(Situation s) {
    When now = When.now(s, When.Qmr.STAYS);
    return s.member()
        .map(member -> member.type().settled())
        .flatMap(
            type ->
                ALL.stream()
                    .filter(plan -> plan.kind() == TransitionKind.FORCE_REMOVE_MEMBER)
                    .filter(plan -> plan.from().equals(Optional.of(type)))
                    .filter(plan -> plan.when().suits(now))
                    .findFirst());
  }
}
