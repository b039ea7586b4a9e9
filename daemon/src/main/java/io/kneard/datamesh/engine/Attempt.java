package io.kneard.datamesh.engine;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Situation;
import java.util.List;
import java.util.Optional;

/**
 * A plan that is to begin at one of its steps.
 *
 * <p>Asked in this order, and the first answer is the reason that is shown: the plan's guards, what
 * its first step waits for, what runs beside it, whether it would allow two quorums.
 */
record Attempt(Plan plan, int step, Situation situation) {
  static Attempt of(Plan plan, Situation s) {
    return new Attempt(plan, 0, s);
  }

  /** Why it may not begin beside these. */
  Optional<Block> blocks(List<Transition> others) {
    return plan.blocks(situation)
        .or(() -> Settling.held(plan, plan.steps().get(step), situation))
        .or(() -> Parallelism.refuses(transition(), others, situation))
        .or(() -> plan.splitsBrain(step, situation))
        .or(() -> Hindrance.of(plan.steps().get(step), situation, others));
  }

  private Transition transition() {
    return new Transition(
        plan.kind(),
        plan.group(),
        plan.id(),
        subject(),
        situation.target().or(plan::to),
        step,
        0,
        situation.pool());
  }

  private Optional<Integer> subject() {
    return situation.subject() == Situation.NOBODY
        ? Optional.empty()
        : Optional.of(situation.subject());
  }

  /** Begins, or says why not. */
  void begin(Turn turn) {
    List<Transition> staying =
        turn.active().stream().filter(t -> !Settling.givesWay(turn, t)).toList();
    Optional<Block> block = blocks(staying);
    if (block.isPresent()) {
      turn.blocked(plan.kind(), subject(), Words.title(plan), block.get());
      return;
    }
    turn.notBlocked(plan.kind(), subject());
    makeRoom(turn);
    Transition begun = transition();
    turn.add(begun);
    Settling.published(turn, begun);
  }

  private void makeRoom(Turn turn) {
    for (Transition t : turn.active()) {
      boolean dead = plan.group() == Group.EMERGENCY && t.concerns(situation.subject());
      boolean inTheWay = Parallelism.refuses(transition(), List.of(t), situation).isPresent();
      if (dead || inTheWay) {
        turn.end(t);
      }
    }
  }
}
