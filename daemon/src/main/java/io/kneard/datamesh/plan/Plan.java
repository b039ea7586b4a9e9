package io.kneard.datamesh.plan;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.QuorumView;
import io.kneard.datamesh.Split;
import io.kneard.datamesh.TransitionKind;
import java.util.List;
import java.util.Optional;

/**
 * A way from one state of the mesh to another, as data: guards that are asked before it begins, and
 * steps that are published one after the other.
 *
 * @param id with a version; what a plan of one id does never changes, so that one that is under way
 *     can be finished by a later version
 * @param title what it does, towards people
 * @param from the subject's type before; empty: no member, or no matter
 * @param to the subject's type after; empty: no member, or no matter
 */
public record Plan(
    TransitionKind kind,
    String id,
    Group group,
    String title,
    Optional<MemberType> from,
    Optional<MemberType> to,
    When when,
    List<Guard> guards,
    List<Step> steps) {

  public Plan {
    guards = List.copyOf(guards);
    steps = List.copyOf(steps);
  }

  /** The first guard that blocks. */
  public Optional<Block> blocks(Situation s) {
    return guards.stream()
        .flatMap(guard -> guard.blocks(s).map(why -> new Block(guard.title(), why)).stream())
        .findFirst();
  }

  /**
   * Plays the plan through from a step on: two revisions in a row must not let two groups have
   * quorum while some hosts have applied the one and some the other.
   */
  public Optional<Block> splitsBrain(int fromStep, Situation s) {
    Situation now = s;
    List<QuorumView> inForce = s.mesh().viewsInForce();
    for (Step step : steps.subList(fromStep, steps.size())) {
      Mesh next = step.change().apply(now);
      Optional<Split> split = Split.between(inForce, next.view(), s.givenUp());
      if (split.isPresent()) {
        return Optional.of(
            new Block(Block.NO_SPLIT_BRAIN, splitBrain(split.get(), step, s.otherTieBreakers())));
      }
      now = now.with(next);
      inForce = List.of(next.view());
    }
    return Optional.empty();
  }

  private static String splitBrain(Split groups, Step step, List<Member> tieBreakers) {
    String hint =
        tieBreakers.isEmpty()
            ? ""
            : "; tiebreaker %s has to leave or become Access first"
                .formatted(tieBreakers.stream().map(member -> "#" + member.id()).toList());
    return "while hosts apply %s, %s could both have quorum%s".formatted(step.name(), groups, hint);
  }

  /** The step that begins with this type; empty where there is none. */
  public Optional<Integer> stepFrom(Optional<MemberType> type) {
    for (int i = 0; i < steps.size(); i++) {
      boolean begins = steps.get(i).become().filter(b -> b.from().equals(type)).isPresent();
      if (begins) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
