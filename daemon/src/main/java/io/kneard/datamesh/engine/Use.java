package io.kneard.datamesh.engine;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the volume may be used. Detaches are looked at first, since they free places; attaches in
 * the order they were asked for. Nobody is detached because places have become fewer.
 */
final class Use {
  private Use() {}

  static void all(Turn turn) {
    detach(turn);
    multiattach(turn);
    attach(turn);
  }

  private static void detach(Turn turn) {
    turn.mesh().where(Member::attached).stream()
        .filter(member -> !turn.picture.wantedOn(member.node()))
        .filter(member -> idle(turn, member.id()))
        .forEach(
            member ->
                Attempt.of(Plans.get(TransitionKind.DETACH, "detach/v1"), turn.about(member.id()))
                    .begin(turn));
  }

  private static void multiattach(Turn turn) {
    Situation s = turn.about(Situation.NOBODY);
    boolean allowed = s.configuration().maxAttachments() > 1;
    boolean wanted = allowed && turn.picture.intents().size() > 1;
    if (wanted && !s.mesh().multiattach()) {
      Attempt.of(Plans.get(TransitionKind.ENABLE_MULTIATTACH, "enable-multiattach/v1"), s)
          .begin(turn);
    } else if (!wanted && s.mesh().multiattach()) {
      Attempt.of(Plans.get(TransitionKind.DISABLE_MULTIATTACH, "disable-multiattach/v1"), s)
          .begin(turn);
    }
  }

  private static void attach(Turn turn) {
    List<AttachIntent> inOrder =
        turn.picture.intents().stream()
            .sorted(Comparator.comparingLong(AttachIntent::since))
            .toList();
    for (AttachIntent intent : inOrder) {
      replicaOn(turn, intent.node())
          .filter(id -> !attached(turn, id) && idle(turn, id))
          .ifPresent(
              id ->
                  Attempt.of(Plans.get(TransitionKind.ATTACH, "attach/v1"), turn.about(id))
                      .begin(turn));
    }
  }

  private static Optional<Integer> replicaOn(Turn turn, String node) {
    return turn.mesh()
        .on(node)
        .map(Member::id)
        .or(
            () ->
                turn.picture.replicas().stream()
                    .filter(replica -> replica.node().equals(node))
                    .map(Replica::id)
                    .findFirst());
  }

  private static boolean attached(Turn turn, int id) {
    return turn.mesh().member(id).filter(Member::attached).isPresent();
  }

  private static boolean idle(Turn turn, int id) {
    return turn.activeOn(id, false).isEmpty();
  }
}
