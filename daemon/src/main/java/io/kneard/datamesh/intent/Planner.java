package io.kneard.datamesh.intent;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.MemberType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Plans which replicas a volume should have, where, and what is asked of each. Pure: the same scene
 * at the same time always gives the same intention; a plan for what was just planned changes
 * nothing, but for the next layout where that may follow at once.
 */
public final class Planner {
  private Planner() {}

  public static Intention plan(Scene scene, Instant now) {
    Draft draft = new Draft(scene, now);
    if (scene.volume().deleting()) {
      draft.note("the volume is being deleted");
      return Conclusion.of(draft, List.of(), List.of());
    }
    switch (scene.wish().mode()) {
      case MANAGED -> managed(draft);
      case MANUAL -> manual(draft);
    }
    return Conclusion.of(draft, Asking.founders(draft), Asking.requests(draft));
  }

  /** Bytes a backing volume of it has to have. */
  static long needed(Scene scene) {
    return BackingSize.needed(scene.volume().wantedSize());
  }

  private static void managed(Draft draft) {
    Waypoint.choose(draft);
    draft.staying().stream()
        .filter(one -> one.place().deleted())
        .forEach(one -> Retiring.retire(draft, one, "deleted by an administrator"));
    waitForHosts(draft);
    List<Standing> spare = new Diskfuls(draft).settle();
    new TieBreakers(draft, spare).settle();
    Users.settle(draft);
  }

  /** A host that is gone is waited for until its time is over. */
  private static void waitForHosts(Draft draft) {
    for (Standing one : draft.staying()) {
      Optional<Instant> since = draft.site(one.place().node()).flatMap(Site::goneSince);
      if (one.ground() == Ground.DOWN && since.isPresent()) {
        Instant due = since.get().plus(draft.scene.wish().patience().replaceAfter());
        draft.lookAgain(due);
        draft.say(
            one.id(), "its host is gone since %s; replaced at %s".formatted(since.get(), due));
      }
    }
  }

  /** Each replica is what it was told to be; the configuration is that of the replicas. */
  private static void manual(Draft draft) {
    draft.staying().stream()
        .filter(one -> one.place().deleted())
        .forEach(one -> draft.leave(one.id(), "deleted by an administrator"));
    int diskful = draft.staying(MemberType.DISKFUL).size();
    boolean tied = !draft.staying(MemberType.TIE_BREAKER).isEmpty();
    Configuration goal = draft.scene.wish().goal();
    draft.configure(protection(diskful, tied).in(goal));
    draft.staying().forEach(one -> draft.say(one.id(), "asked for by an administrator"));
    if (diskful == 0) {
      draft.note("no replica is Diskful");
    }
  }

  /** What so many D protect from. */
  static LayoutPath.Node protection(int diskful, boolean tied) {
    boolean helps = tied && Layout.tieBreakersNeeded(diskful, diskful / 2) > 0 && diskful <= 4;
    int bdl = Math.max(0, Math.min(2, (diskful - 1 + (helps ? 0 : 1)) / 2));
    int bua = Math.max(0, Math.min(2, diskful - 1 - bdl));
    return new LayoutPath.Node(bdl, bua);
  }
}
