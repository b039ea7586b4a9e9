package io.kneard.datamesh.engine;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import io.kneard.datamesh.plan.Step;
import java.util.List;
import java.util.Optional;

/** A tiebreaker that comes or goes must not keep a voter that is on its way from its end. */
final class Hindrance {
  private Hindrance() {}

  /** Why a step has to wait for one of the others, if it has to. */
  static Optional<Block> of(Step step, Situation s, List<Transition> others) {
    Mesh next = step.change().apply(s);
    boolean counts = !next.view().equals(s.mesh().view());
    return others.stream()
        .filter(t -> counts && t.group() == Group.VOTER && !t.concerns(s.subject()))
        .filter(t -> hindered(t, s, next))
        .findFirst()
        .map(t -> new Block(Block.PARALLELISM, Group.VOTER.title() + " in progress"));
  }

  private static boolean hindered(Transition t, Situation s, Mesh next) {
    Situation then =
        new Situation(
            s.picture(),
            next,
            s.active(),
            t.subject().orElseThrow(),
            t.target(),
            t.pool(),
            s.givenUp());
    int ahead = t.applied() ? t.step() + 1 : t.step();
    return Plans.find(t.kind(), t.planId())
        .filter(plan -> ahead < plan.steps().size())
        .flatMap(plan -> plan.splitsBrain(ahead, then))
        .isPresent();
  }
}
