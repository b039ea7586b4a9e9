package io.kneard.datamesh.intent;

import io.kneard.datamesh.MemberType;
import java.util.Optional;

/**
 * Takes a replica out. One on whose host the volume is used is converted and goes on serving: to sD
 * where DRBD can do that, else to Access; it leaves when it is not used anymore.
 */
final class Retiring {
  private Retiring() {}

  static void retire(Draft draft, Standing one, String why) {
    Optional<MemberType> instead =
        one.inUse() && one.ground() != Ground.LOST && draft.formed()
            ? instead(draft, one)
            : Optional.empty();
    if (instead.isEmpty()) {
      draft.leave(one.id(), why);
      return;
    }
    String stays = why + "; it serves as %s while the volume is used there";
    String text = stays.formatted(instead.get().title());
    if (!one.is(instead.get())) {
      draft.retype(one.id(), instead.get(), one.place().pool(), text);
      draft.ownedByPlanner(one.id());
    }
    draft.say(one.id(), text);
  }

  private static Optional<MemberType> instead(Draft draft, Standing one) {
    boolean data = one.place().type().backed();
    boolean shadow = data && draft.facts.shadowsSupported(one.place().node());
    boolean mustKeepData = draft.local();
    boolean mayKeepData = one.ground() != Ground.DRAINED || mustKeepData;
    if (shadow && mayKeepData) {
      return Optional.of(MemberType.SHADOW_DISKFUL);
    }
    return mustKeepData ? Optional.empty() : Optional.of(MemberType.ACCESS);
  }
}
