package io.kneard.datamesh.engine;

import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Transition;
import java.util.List;

/**
 * Decides how the mesh of one volume goes on: which step is confirmed, which transition may begin,
 * and why not where one may not. Pure: the same picture always gives the same outcome, and nothing
 * has happened until the outcome is stored.
 */
public final class Engine {
  /** A turn ends when nothing moves anymore; this is far above what any picture needs. */
  private static final int ROUNDS_MAX = 100;

  private Engine() {}

  /** The next state of the volume, and what is to be said and done about it. */
  public static Outcome decide(Picture picture) {
    Turn turn = new Turn(picture);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      turn.forgetOldViews();
      Mesh mesh = turn.mesh();
      List<Transition> active = turn.active();
      Settling.all(turn);
      begin(turn);
      if (turn.mesh().equals(mesh) && turn.active().equals(active)) {
        return Conclusion.of(turn);
      }
    }
    throw new IllegalStateException(
        "volume %s: no rest after %d rounds: %s"
            .formatted(picture.volume().name(), ROUNDS_MAX, turn.active()));
  }

  private static void begin(Turn turn) {
    MeshCare.formation(turn);
    if (turn.mesh().stage() != Stage.FORMED) {
      return;
    }
    ForcedRequests.all(turn);
    MeshCare.addresses(turn);
    QuorumCare.all(turn);
    MembershipRequests.all(turn);
    MeshCare.size(turn);
    Use.all(turn);
  }
}
