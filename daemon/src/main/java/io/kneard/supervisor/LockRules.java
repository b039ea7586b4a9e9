package io.kneard.supervisor;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Observation;
import io.kneard.supervisor.Supervision.Acquired;

/** The lock itself: watching it, taking it, and noticing that it is gone. */
final class LockRules {
  private LockRules() {}

  static void acquisition(Turn t, Event.LockAcquisition event) {
    if (!(t.session instanceof Session.Open open) || !open.id().equals(event.session())) {
      return;
    }
    Session.Open answered = open.acquisitionAnswered(t.now + Rules.LOCK_RETRY);
    t.session = answered;
    if (event.outcome() instanceof Acquisition.Acquired acquired) {
      if (t.in(State.VOTING)) {
        won(t, acquired);
      } else {
        t.session = answered.announced();
      }
    } else if (event.outcome() instanceof Acquisition.SessionGone) {
      SessionRules.gone(
          t, "the session has expired: the lock store refused to let it take the lock");
    } else if (event.outcome() instanceof Acquisition.Unreachable unreachable) {
      t.trouble(unreachable.why());
    }
  }

  private static void won(Turn t, Acquisition.Acquired acquired) {
    boolean asSeen = acquired.epoch() == t.lock.freeEpoch() + 1;
    long quietAt = asSeen ? t.lock.quietAt() : t.now + t.rules.timing().quietAfter().toNanos();
    t.acquired = new Acquired(acquired.epoch(), acquired.index());
    t.enter(State.VALIDATING, "the lock was taken, epoch " + acquired.epoch());
    KeyRules.lockTaken(t, quietAt);
  }

  static void lost(Turn t, String why) {
    if (t.key.mayBeInProcess()) {
      KeyRules.demoteByKill(t, State.REGISTERING, why);
    } else {
      t.key = new Key.Out();
      ReleaseRules.giveUp(t);
      t.enter(State.REGISTERING, why);
    }
  }

  static void observed(Turn t, Event.LockObserved event) {
    if (event.outcome() instanceof Observation.Unreachable unreachable) {
      t.lock = t.lock.unseen(unreachable.why(), t.now + Rules.LOCK_RETRY);
      return;
    }
    Observation.Seen seen = (Observation.Seen) event.outcome();
    t.lock = t.lock.seen(seen, mine(t, seen), t.rules.timing().quietAfter(), t.now);
    if (NodeRules.runs(t)) {
      ReleaseRules.earlierNeardIsDead(t);
    }
    if (t.in(State.VALIDATING) && !mine(t, seen)) {
      if (seen.index() >= t.acquired.index()) {
        String holder = seen.session().isPresent() ? "another host has it" : "nobody has it";
        lost(t, "the lock was taken away: " + holder);
      } else if (t.session instanceof Session.Open open) {
        // An answer from before, or a store that was set back: a renewal tells the one from the
        // other.
        t.session = open.toBeRenewed(t.now);
      }
    }
  }

  /** What was waited for another host's sake is still to be waited for. */
  static void stoodStill(Turn t, long nanos) {
    t.lock = t.lock.quietLater(nanos);
    if (t.key instanceof Key.Settling settling) {
      t.key = new Key.Settling(settling.until() + nanos);
    }
  }

  /** Whether the lock may become this host's at any moment. */
  static boolean acquiring(Turn t) {
    return t.session instanceof Session.Open open && open.acquiring();
  }

  /** Tells the others that this host signs. */
  static void announce(Turn t) {
    if (t.session instanceof Session.Open open) {
      t.session = open.announcing(t.now);
    }
  }

  /** Looks again when it is due. */
  static void watch(Turn t) {
    if (!t.lock.watching() && t.now - t.lock.watchAt() >= 0) {
      t.order(new Order.WatchLock(t.lock.index()));
      t.lock = t.lock.watched();
    }
  }

  /** Takes the lock, or tells of it. */
  static void timeIs(Turn t, Session.Open open) {
    if (t.in(State.VOTING) && t.paused && !t.moved() && holdsUnasked(t, open)) {
      ReleaseRules.giveUp(t);
      t.enter(State.REGISTERING, "paused, and the lock is this host's: it is given back");
    } else if (t.in(State.VOTING) && mayTake(t, open)) {
      acquire(t, open, false);
    } else if (t.in(State.VALIDATING) && t.key instanceof Key.Live && open.announcementDue(t.now)) {
      acquire(t, open, true);
    }
  }

  private static void acquire(Turn t, Session.Open open, boolean live) {
    t.order(new Order.AcquireLock(open.id(), live));
    t.session = open.beingAcquired();
  }

  /** Only a host in sync, with a lease that is worth something, takes a lock that is free. */
  private static boolean mayTake(Turn t, Session.Open open) {
    if (t.paused || open.acquiring() || t.now - open.acquireAt() < 0 || t.now - t.notBefore < 0) {
      return false;
    }
    if (!(t.node instanceof Node.Up up) || !up.isFresh(t) || up.view().syncing()) {
      return false;
    }
    if (t.plan.active()
        || t.now - open.basis() >= t.rules.stopAfter() / 2
        || t.lock.seen().isEmpty()) {
      return false;
    }
    Observation.Seen seen = t.lock.seen().get();
    boolean forAnother =
        seen.handover().filter(wish -> !wish.toNodeId().equals(t.rules.nodeId())).isPresent()
            && t.now - t.lock.handoverUntil() < 0;
    boolean quiet = t.now - t.lock.quietAt() >= 0;
    return mine(t, seen) || (seen.session().isEmpty() && quiet && !forAnother);
  }

  /** An acquisition whose answer was lost has succeeded. */
  private static boolean holdsUnasked(Turn t, Session.Open open) {
    return !open.acquiring() && t.lock.seen().filter(seen -> mine(t, seen)).isPresent();
  }

  private static boolean mine(Turn t, Observation.Seen seen) {
    return t.session instanceof Session.Open open
        && seen.session().filter(open.id()::equals).isPresent();
  }
}
