package io.kneard.datamesh.engine;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Situation;
import java.util.Optional;

/**
 * A plan that is to begin at one of its steps.
 *
 * <p>Asked in this order, and the first answer is the reason that is shown: the plan's guards, what
 * its first step waits for, whether it would allow two quorums, what runs beside it.
 */
record Attempt(Plan plan, int step, Situation situation) {
  static Attempt of(Plan plan, Situation s) {
    return new Attempt(plan, 0, s);
  }

  /** Why it may not begin. */
  Optional<Block> blocks() {
    return plan.blocks(situation)
        .or(() -> Settling.held(plan, plan.steps().get(step), situation))
        .or(() -> plan.splitsBrain(step, situation))
        .or(() -> Parallelism.refuses(transition(), situation.active(), situation));
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
    Optional<Block> block = blocks();
    if (block.isPresent()) {
      turn.blocked(plan.kind(), subject(), Words.title(plan), block.get());
      return;
    }
    turn.notBlocked(plan.kind(), subject());
    if (plan.group() == Group.EMERGENCY) {
      turn.active().stream().filter(t -> t.concerns(situation.subject())).forEach(turn::end);
    }
    Transition begun = transition();
    turn.add(begun);
    Settling.advance(turn, begun);
  }
}
