package io.kneard.supervisor;

import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Observation;
import java.util.Optional;

/**
 * Giving the lock back and the session up, once the key is out: the lock is released, then the
 * session destroyed, each tried again until it is done or left to the TTL.
 */
final class ReleaseRules {
  private ReleaseRules() {}

  /**
   * Gives the session up. A lock that goes with it is free without the mark of a release: this host
   * did not have the key, and cannot say that an earlier holder has stopped signing.
   */
  static void giveUp(Turn t) {
    begin(t, false, Optional.empty());
  }

  /**
   * Gives the lock back, and the session up: this host had the key in its process, and it is out.
   */
  static void giveBack(Turn t, Optional<Handover> handover) {
    begin(t, true, handover);
  }

  private static void begin(Turn t, boolean release, Optional<Handover> handover) {
    if (t.key.mayBeInProcess()) {
      throw new IllegalStateException("the lock is not given up with the key at " + t.key);
    }
    if (t.session instanceof Session.Open open) {
      t.session = new Session.Ending(open.id(), release, handover, false, t.now, giveUpAt(t));
    }
  }

  private static long giveUpAt(Turn t) {
    boolean ending = t.in(State.SHUTDOWN);
    return t.now + (ending ? Rules.FAREWELL : 2 * t.rules.timing().ttl().toNanos());
  }

  /** The daemon ends: it does not wait for the store as long as it otherwise would. */
  static void hurry(Turn t) {
    giveUp(t);
    if (t.session instanceof Session.Ending ending && ending.certain()) {
      t.session = ending.by(giveUpAt(t));
    }
  }

  /** Whether nothing of a session is left that this daemon could still give up. */
  static boolean settled(Turn t) {
    return t.session instanceof Session.None
        || (t.session instanceof Session.Ending ending && !ending.certain());
  }

  /**
   * What an earlier daemon of this host left behind may be given up now. The mark of a release is
   * for a lock that it signed with; one that it had only just taken may still be used by the holder
   * before it.
   */
  static void earlierNeardIsDead(Turn t) {
    if (t.session instanceof Session.Ending ending
        && !ending.certain()
        && t.lock.seen().isPresent()) {
      Observation.Seen seen = t.lock.seen().get();
      boolean signed = seen.live() && seen.session().filter(ending.id()::equals).isPresent();
      t.session =
          new Session.Ending(ending.id(), signed, ending.handover(), false, t.now, giveUpAt(t));
    }
  }

  static void released(Turn t, Event.LockRelease event) {
    if (t.session instanceof Session.Ending ending && ending.id().equals(event.session())) {
      boolean done = event.outcome() instanceof Ending.Done;
      t.session = ending.answered(!done, done ? t.now : t.now + Rules.LOCK_RETRY);
      if (event.outcome() instanceof Ending.Unreachable unreachable) {
        t.trouble(unreachable.why());
      }
    }
  }

  static void destroyed(Turn t, Event.SessionEnding event) {
    if (t.session instanceof Session.Ending ending && ending.id().equals(event.session())) {
      if (event.outcome() instanceof Ending.Unreachable unreachable) {
        t.session = ending.answered(false, t.now + Rules.LOCK_RETRY);
        t.trouble(unreachable.why());
      } else {
        t.session = new Session.None(t.now);
      }
    }
  }

  static void timeIs(Turn t, Session.Ending ending) {
    if (ending.certain() && !ending.busy()) {
      if (t.now - ending.giveUpAt() >= 0) {
        t.session = new Session.None(t.now);
      } else if (t.now - ending.tryAt() >= 0) {
        t.order(
            ending.release()
                ? new Order.ReleaseLock(ending.id(), ending.handover())
                : new Order.DestroySession(ending.id()));
        t.session = ending.asked(t.now);
      }
    }
    if (t.in(State.VOTING) && !t.moved()) {
      t.enter(State.REGISTERING, "the old session is given up");
    }
  }
}
