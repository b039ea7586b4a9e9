package io.kneard.datamesh.engine;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import java.util.Optional;

/**
 * Takes a tiebreaker out of the way of a voter. Between some numbers of voters there is no safe way
 * with a tiebreaker in the mesh; where the layout can do without it for so long, it becomes Access.
 * It is a tiebreaker again as soon as the voter is through, because that is what is asked of it.
 */
final class Parking {
  private Parking() {}

  static void tryFor(Turn turn, Request request) {
    turn.mesh().tieBreakers().stream()
        .filter(member -> member.id() != request.replica())
        .filter(member -> turn.activeOn(member.id(), true).isEmpty())
        .filter(member -> helps(turn, request, member))
        .findFirst()
        .map(member -> parking(turn, member))
        .filter(attempt -> attempt.blocks(turn.active()).isEmpty())
        .ifPresent(attempt -> attempt.begin(turn));
  }

  private static boolean helps(Turn turn, Request request, Member tieBreaker) {
    Mesh without = turn.mesh().with(tieBreaker.as(MemberType.ACCESS, Optional.empty()));
    return MembershipRequests.attempt(turn, request, without)
        .filter(attempt -> attempt.blocks(turn.active()).map(Block::by).isEmpty())
        .isPresent();
  }

  private static Attempt parking(Turn turn, Member tieBreaker) {
    Situation s = turn.about(tieBreaker.id(), Optional.of(MemberType.ACCESS), Optional.empty());
    return Attempt.of(Plans.get(TransitionKind.CHANGE_MEMBER_TYPE, "tb-parked/v1"), s);
  }
}
