package io.kneard.datamesh.engine;

import io.kneard.datamesh.Layout;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Redundancy;
import io.kneard.datamesh.plan.Situation;

/**
 * Keeps q and qmr right where no membership transition does it: after a change of the
 * configuration, and after anything unforeseen.
 */
final class QuorumCare {
  private QuorumCare() {}

  static void all(Turn turn) {
    Situation s = turn.about(Situation.NOBODY);
    int q = Integer.compare(Layout.majority(s.voters()), s.mesh().q());
    int qmr = Redundancy.wanted(s) - s.mesh().qmr();
    boolean right = q == 0 && qmr == 0;
    if (right || (q == 0 && ridesAlong(turn, qmr))) {
      return;
    }
    Attempt.of(Plans.get(TransitionKind.CHANGE_QUORUM, plan(q, qmr)), s).begin(turn);
  }

  /** A step of one is left to the diskful member that is about to join or leave. */
  private static boolean ridesAlong(Turn turn, int qmr) {
    return Math.abs(qmr) == 1 && MembershipRequests.diskfulCould(turn, qmr > 0);
  }

  private static String plan(int q, int qmr) {
    if (q > 0) {
      return qmr < 0 ? "raise-q-lower-qmr/v1" : "raise/v1";
    }
    if (q < 0) {
      return qmr > 0 ? "lower-q-raise-qmr/v1" : "lower/v1";
    }
    return qmr > 0 ? "raise/v1" : "lower/v1";
  }
}
