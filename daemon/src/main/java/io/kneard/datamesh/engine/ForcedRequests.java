package io.kneard.datamesh.engine;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Guard;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import java.util.Optional;

/** The way out when a member is dead: forced detach, then forced removal. */
final class ForcedRequests {
  private ForcedRequests() {}

  static void all(Turn turn) {
    for (Request request : turn.picture.requests()) {
      if (request instanceof Request.ForceDetach) {
        detach(turn, request.replica());
      } else if (request instanceof Request.ForceRemove) {
        remove(turn, request.replica());
      }
    }
  }

  private static void detach(Turn turn, int replica) {
    boolean attached = turn.mesh().member(replica).filter(Member::attached).isPresent();
    boolean detaching = turn.activeOn(replica, false).isPresent();
    if (attached || detaching) {
      Attempt.of(Plans.get(TransitionKind.FORCE_DETACH, "force-detach/v1"), turn.about(replica))
          .begin(turn);
    }
  }

  private static void remove(Turn turn, int replica) {
    Situation s = turn.about(replica);
    Optional<Attempt> attempt = Plans.forceRemove(s).map(plan -> Attempt.of(plan, s));
    if (attempt.isPresent()) {
      attempt.get().begin(turn);
    } else {
      abandonLeaving(turn, s);
    }
  }

  /** It died on its way out: nobody waits for its word anymore. */
  private static void abandonLeaving(Turn turn, Situation s) {
    turn.activeOn(s.subject(), true)
        .filter(t -> t.kind() == TransitionKind.REMOVE_MEMBER)
        .filter(t -> Guard.UNREACHABLE.blocks(s).isEmpty())
        .ifPresent(turn::end);
  }
}
