package io.kneard.datamesh.engine;

import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Split;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Change;
import io.kneard.datamesh.plan.Hold;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import io.kneard.datamesh.plan.Step;
import java.util.List;
import java.util.Optional;

/** Carries the active transitions on as far as the reports allow. */
final class Settling {
  private Settling() {}

  static void all(Turn turn) {
    turn.active().forEach(t -> advance(turn, t));
  }

  /** Publishes and confirms one step after the other until there is something to wait for. */
  private static void advance(Turn turn, Transition begin) {
    Transition t = begin;
    Optional<Plan> plan = Plans.find(t.kind(), t.planId());
    while (plan.isPresent()) {
      t = published(turn, t);
      Plan chosen = Plans.get(t.kind(), t.planId());
      if (!t.applied() || !confirmed(turn, t, chosen)) {
        return;
      }
      if (t.step() + 1 == chosen.steps().size()) {
        turn.end(t);
        turn.done(t.subject(), Words.done(chosen));
        return;
      }
      t = moved(turn, t, t.next());
    }
  }

  /** The transition with its present step published, unless that has to wait. */
  static Transition published(Turn turn, Transition before) {
    if (before.applied()) {
      return before;
    }
    Transition t = adapted(turn, before, Plans.get(before.kind(), before.planId()));
    Plan plan = Plans.get(t.kind(), t.planId());
    Optional<Block> waits = waits(turn, t, plan);
    if (waits.isPresent()) {
      endIfUseless(turn, t, plan, waits.get());
      return t;
    }
    Change change = plan.steps().get(t.step()).change();
    return moved(turn, t, t.applied(turn.publish(change.apply(turn.about(t)))));
  }

  private static Transition moved(Turn turn, Transition before, Transition after) {
    turn.replace(before, after);
    return after;
  }

  /**
   * A plan is chosen by the number of voters and the presence of a tiebreaker. When these have
   * changed under it, as after a forced removal, it goes on by the plan that is right now.
   */
  private static Transition adapted(Turn turn, Transition t, Plan plan) {
    Situation s = turn.about(t);
    boolean open = !t.applied() && t.group().membership();
    if (!open || plan.when().holdsStill(s) || fitsAnyway(t, plan)) {
      return t;
    }
    return Plans.way(t.kind(), s, plan.to())
        .filter(way -> !way.plan().id().equals(t.planId()))
        .map(way -> moved(turn, t, t.at(way.plan().id(), way.step())))
        .orElse(t);
  }

  private static boolean fitsAnyway(Transition t, Plan plan) {
    return plan.steps().subList(t.step(), plan.steps().size()).stream()
        .noneMatch(Step::changesVoters);
  }

  /** Why the present step may not be published yet. */
  static Optional<Block> waits(Turn turn, Transition t, Plan plan) {
    Situation s = turn.about(t);
    Step step = plan.steps().get(t.step());
    List<Transition> others = turn.active().stream().filter(other -> !other.equals(t)).toList();
    return unfit(step, s)
        .or(() -> unsafe(t, plan, s))
        .or(() -> held(plan, step, s))
        .or(() -> Parallelism.refuses(t, others, s))
        .or(() -> Hindrance.of(step, s, others))
        .or(() -> split(step, s));
  }

  private static Optional<Block> unfit(Step step, Situation s) {
    return step.become()
        .filter(change -> !change.fits(s))
        .map(change -> new Block("Step", "the member is not what the step begins with"));
  }

  /** A plan that is gone over to at its first step has not been asked whether it may begin. */
  private static Optional<Block> unsafe(Transition t, Plan plan, Situation s) {
    return t.step() > 0
        ? Optional.empty()
        : Hold.STILL_SAFE.waits(plan, s).map(why -> new Block(Hold.STILL_SAFE.name(), why));
  }

  static Optional<Block> held(Plan plan, Step step, Situation s) {
    return step.holds().stream()
        .flatMap(hold -> hold.waits(plan, s).map(why -> new Block(hold.name(), why)).stream())
        .findFirst();
  }

  /** The last line of defence: whatever the plan, this revision must not allow two quorums. */
  private static Optional<Block> split(Step step, Situation s) {
    Mesh next = step.change().apply(s);
    return Split.between(s.mesh().viewsInForce(), next.view(), s.givenUp())
        .map(groups -> new Block(Block.NO_SPLIT_BRAIN, groups + " could both have quorum"));
  }

  private static boolean confirmed(Turn turn, Transition t, Plan plan) {
    Situation s = turn.about(t);
    var confirmation = plan.steps().get(t.step()).confirmation();
    return confirmation.required(s).stream()
        .allMatch(id -> confirmation.confirmedBy(id, t.appliedAt(), s));
  }

  /**
   * A transition that waits before a later step ends there when waiting leads nowhere: its replica
   * is asked for something else; or a guard has come to block it, which then blocks its request; or
   * voters or tiebreakers have changed, and there is another way from here; or only qmr↑ is left
   * and its own copy is not what is missing, so that a ChangeQuorum does it in time. Its member's
   * type is a settled one, and nothing is left half done.
   */
  private static void endIfUseless(Turn turn, Transition t, Plan plan, Block waits) {
    Situation s = turn.about(t);
    boolean overtaken = waits.by().equals(Block.NO_SPLIT_BRAIN) && !plan.when().holdsStill(s);
    boolean useless =
        overtaken
            || Hold.isGuard(waits.by())
            || onOthersOnly(waits, s)
            || Requests.otherThan(turn, t);
    if (settled(s) && useless) {
      turn.end(t);
      turn.done(t.subject(), Words.ended(plan));
    }
  }

  private static boolean onOthersOnly(Block waits, Situation s) {
    return waits.by().equals(Hold.COPIES.name())
        && s.member().filter(s.facts()::upToDate).isPresent();
  }

  private static boolean settled(Situation s) {
    return s.member().filter(member -> member.type().liminal()).isEmpty();
  }

  /** Whether a transition waits for something that may take long, and can end where it is. */
  static boolean givesWay(Turn turn, Transition t) {
    Situation s = turn.about(t);
    return Plans.find(t.kind(), t.planId())
        .filter(plan -> !t.applied() && t.step() > 0 && settled(s))
        .filter(plan -> waitsLong(plan, plan.steps().get(t.step()), s))
        .isPresent();
  }

  private static boolean waitsLong(Plan plan, Step step, Situation s) {
    return step.holds().stream()
        .anyMatch(hold -> hold.givesWay() && hold.waits(plan, s).isPresent());
  }
}
