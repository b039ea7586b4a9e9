package io.kneard.supervisor;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.supervisor.Supervision.Acquired;
import java.util.Optional;

/** The session in the lock store: opening, renewing, taking the lock, giving both up. */
final class SessionRules {
  private static final long NEVER = Long.MAX_VALUE;

  private SessionRules() {}

  static void opening(Turn t, Event.SessionOpening event) {
    if (event.outcome() instanceof Opening.Opened opened) {
      boolean outdated = t.session instanceof Session.Opening asked && asked.stands() == t.paused;
      t.session =
          new Session.Open(
              opened.session(),
              event.sentAt(),
              event.sentAt() + t.rules.timing().renewEvery().toNanos(),
              false,
              false,
              t.now,
              NEVER);
      if (t.in(State.REGISTERING) && !outdated) {
        t.enter(
            State.VOTING,
            t.paused
                ? "a session is open in the lock store; paused: the lock is not taken"
                : "a session is open in the lock store");
      } else {
        giveUp(t);
      }
      return;
    }
    String why =
        event.outcome() instanceof Opening.Refused refused
            ? refused.why()
            : ((Opening.Unreachable) event.outcome()).why();
    t.session = new Session.None(t.now + 2 * Rules.LOCK_RETRY);
    problem(t, why);
  }

  static void renewal(Turn t, Event.SessionRenewal event) {
    if (!(t.session instanceof Session.Open open) || !open.id().equals(event.session())) {
      return;
    }
    if (event.outcome() instanceof Renewal.Renewed) {
      long basis = Math.max(open.basis(), event.sentAt());
      long renewAt = event.sentAt() + t.rules.timing().renewEvery().toNanos();
      t.session =
          new Session.Open(
              open.id(),
              basis,
              renewAt,
              false,
              open.acquiring(),
              open.acquireAt(),
              open.announceAt());
      boolean leaving = t.key instanceof Key.GoingOut;
      if (t.key.mayBeInProcess() && t.node.exists() && !leaving) {
        KeyRules.setDeadline(t, Optional.of(t.rules.deadline(basis)));
      }
    } else if (event.outcome() instanceof Renewal.Gone) {
      gone(t, "the session has expired: the lock store no longer has it");
    } else if (event.outcome() instanceof Renewal.Unreachable unreachable) {
      t.session =
          new Session.Open(
              open.id(),
              open.basis(),
              t.now + Rules.LOCK_RETRY,
              false,
              open.acquiring(),
              open.acquireAt(),
              open.announceAt());
      problem(t, unreachable.why());
    }
  }

  static void acquisition(Turn t, Event.LockAcquisition event) {
    if (!(t.session instanceof Session.Open open) || !open.id().equals(event.session())) {
      return;
    }
    long retry = t.now + Rules.LOCK_RETRY;
    t.session = acquiring(open, false, retry);
    if (event.outcome() instanceof Acquisition.Acquired acquired) {
      if (t.in(State.VOTING)) {
        won(t, acquired);
      } else if (open.announceAt() != NEVER) {
        t.session = announcing((Session.Open) t.session, NEVER);
      }
    } else if (event.outcome() instanceof Acquisition.SessionGone) {
      gone(t, "the session has expired: the lock store refused to let it take the lock");
    } else if (event.outcome() instanceof Acquisition.Unreachable unreachable) {
      problem(t, unreachable.why());
    }
  }

  private static void won(Turn t, Acquisition.Acquired acquired) {
    boolean asSeen = acquired.epoch() == t.lock.freeEpoch() + 1;
    long quietAt = asSeen ? t.lock.quietAt() : t.now + t.rules.timing().quietAfter().toNanos();
    t.acquired = new Acquired(acquired.epoch(), acquired.index());
    t.enter(State.VALIDATING, "the lock was taken, epoch " + acquired.epoch());
    KeyRules.lockTaken(t, quietAt);
  }

  /** The session is no more; if it held the lock, another host may hold it by now. */
  private static void gone(Turn t, String why) {
    t.session = new Session.None(t.now);
    if (t.in(State.VOTING)) {
      t.enter(State.REGISTERING, why);
    } else if (t.in(State.VALIDATING)) {
      lost(t, why);
    } else if (t.key.mayBeInProcess()) {
      NodeRules.kill(t, Optional.empty(), why);
    }
  }

  private static void lost(Turn t, String why) {
    if (t.key.mayBeInProcess()) {
      KeyRules.demoteByKill(t, State.REGISTERING, why);
    } else {
      t.key = new Key.Out();
      giveUp(t);
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
      earlierNeardIsDead(t);
    }
    if (t.in(State.VALIDATING) && seen.index() >= t.acquired.index() && !mine(t, seen)) {
      String holder = seen.session().isPresent() ? "another host has it" : "nobody has it";
      lost(t, "the lock was taken away: " + holder);
    }
  }

  /** What was waited for another host's sake is still to be waited for. */
  static void stoodStill(Turn t, long nanos) {
    t.lock = t.lock.quietLater(nanos);
    if (t.key instanceof Key.Settling settling) {
      t.key = new Key.Settling(settling.until() + nanos);
    }
  }

  /** An acquisition whose answer was lost has succeeded. */
  private static boolean holdsUnasked(Turn t, Session.Open open) {
    return !open.acquiring() && t.lock.seen().filter(seen -> mine(t, seen)).isPresent();
  }

  private static boolean mine(Turn t, Observation.Seen seen) {
    return t.session instanceof Session.Open open
        && seen.session().filter(open.id()::equals).isPresent();
  }

  static void release(Turn t, Event.LockRelease event) {
    if (t.session instanceof Session.Ending ending && ending.id().equals(event.session())) {
      boolean done = event.outcome() instanceof Ending.Done;
      t.session =
          new Session.Ending(
              ending.id(),
              !done,
              ending.handover(),
              false,
              done ? t.now : t.now + Rules.LOCK_RETRY,
              ending.giveUpAt());
      if (event.outcome() instanceof Ending.Unreachable unreachable) {
        problem(t, unreachable.why());
      }
    }
  }

  static void ending(Turn t, Event.SessionEnding event) {
    if (t.session instanceof Session.Ending ending && ending.id().equals(event.session())) {
      if (event.outcome() instanceof Ending.Unreachable unreachable) {
        problem(t, unreachable.why());
        t.session =
            new Session.Ending(
                ending.id(),
                false,
                ending.handover(),
                false,
                t.now + Rules.LOCK_RETRY,
                ending.giveUpAt());
      } else {
        t.session = new Session.None(t.now);
      }
    }
  }

  /**
   * Gives the session up. A lock that goes with it is free without the mark of a release: this host
   * did not have the key, and cannot say that an earlier holder has stopped signing.
   */
  static void giveUp(Turn t) {
    end(t, false, Optional.empty());
  }

  /**
   * Gives the lock back, and the session up: this host had the key in its process, and it is out.
   */
  static void giveBack(Turn t, Optional<Handover> handover) {
    end(t, true, handover);
  }

  private static void end(Turn t, boolean release, Optional<Handover> handover) {
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
    if (t.session instanceof Session.Ending e && e.giveUpAt() != NEVER) {
      long giveUpAt = Math.min(e.giveUpAt(), giveUpAt(t));
      t.session =
          new Session.Ending(e.id(), e.release(), e.handover(), e.busy(), e.tryAt(), giveUpAt);
    }
  }

  /** Whether nothing of a session is left that this daemon could still give up. */
  static boolean settled(Turn t) {
    return t.session instanceof Session.None
        || (t.session instanceof Session.Ending e && e.giveUpAt() == NEVER);
  }

  /**
   * What an earlier daemon of this host left behind may be given up now. The mark of a release is
   * for a lock that it signed with; one that it had only just taken may still be used by the holder
   * before it.
   */
  static void earlierNeardIsDead(Turn t) {
    if (t.session instanceof Session.Ending ending
        && ending.giveUpAt() == NEVER
        && t.lock.seen().isPresent()) {
      Observation.Seen seen = t.lock.seen().get();
      boolean signed = seen.live() && seen.session().filter(ending.id()::equals).isPresent();
      t.session =
          new Session.Ending(ending.id(), signed, ending.handover(), false, t.now, giveUpAt(t));
    }
  }

  /** Whether the lock may become this host's at any moment. */
  static boolean acquiring(Turn t) {
    return t.session instanceof Session.Open open && open.acquiring();
  }

  /** Tells the others that this host signs. */
  static void announce(Turn t) {
    if (t.session instanceof Session.Open open) {
      t.session = announcing(open, t.now);
    }
  }

  static void timeIs(Turn t) {
    if (t.session instanceof Session.None none) {
      if (t.in(State.REGISTERING) && t.now - none.openAt() >= 0) {
        t.session = new Session.Opening(!t.paused);
        t.order(new Order.OpenSession(!t.paused));
      } else if (t.in(State.VOTING) && !t.moved()) {
        t.enter(State.REGISTERING, "there is no session");
      }
    } else if (t.session instanceof Session.Ending ending) {
      end(t, ending);
    } else if (t.session instanceof Session.Open open) {
      keep(t, open);
    }
    if (!t.lock.watching() && t.now - t.lock.watchAt() >= 0) {
      t.order(new Order.WatchLock(t.lock.index()));
      t.lock = t.lock.watched();
    }
  }

  private static void end(Turn t, Session.Ending ending) {
    boolean certain = ending.giveUpAt() != NEVER;
    if (certain && !ending.busy() && t.now - ending.giveUpAt() >= 0) {
      t.session = new Session.None(t.now);
    } else if (certain && !ending.busy() && t.now - ending.tryAt() >= 0) {
      t.order(
          ending.release()
              ? new Order.ReleaseLock(ending.id(), ending.handover())
              : new Order.DestroySession(ending.id()));
      t.session =
          new Session.Ending(
              ending.id(), ending.release(), ending.handover(), true, t.now, ending.giveUpAt());
    }
    if (t.in(State.VOTING) && !t.moved()) {
      t.enter(State.REGISTERING, "the old session is given up");
    }
  }

  private static void keep(Turn t, Session.Open open) {
    if (!open.renewing() && t.now - open.renewAt() >= 0) {
      t.order(new Order.RenewSession(open.id()));
      open =
          new Session.Open(
              open.id(),
              open.basis(),
              open.renewAt(),
              true,
              open.acquiring(),
              open.acquireAt(),
              open.announceAt());
      t.session = open;
    }
    if (t.in(State.VALIDATING) && t.now - open.basis() >= t.rules.stopAfter()) {
      tooLong(t);
    } else if (t.in(State.VOTING) && t.paused && !t.moved() && holdsUnasked(t, open)) {
      giveUp(t);
      t.enter(State.REGISTERING, "paused, and the lock is this host's: it is given back");
    } else if (t.in(State.VOTING) && mayTake(t, open)) {
      t.order(new Order.AcquireLock(open.id(), false));
      t.session = acquiring(open, true, open.acquireAt());
    } else if (t.in(State.VALIDATING)
        && t.key instanceof Key.Live
        && !open.acquiring()
        && t.now - Math.max(open.announceAt(), open.acquireAt()) >= 0
        && open.announceAt() != NEVER) {
      t.order(new Order.AcquireLock(open.id(), true));
      t.session = acquiring(open, true, open.acquireAt());
    }
  }

  private static void tooLong(Turn t) {
    String why =
        "the session could not be renewed for %.1f s: %s"
            .formatted(
                t.rules.timing().stopAfter().toMillis() / 1000.0,
                t.lock.problem().orElse("no answer from the lock store"));
    if (t.key instanceof Key.GoingOut) {
      return;
    }
    if (t.key.mayBeInProcess()) {
      KeyRules.demote(t, State.VOTING, why, Optional.empty());
    } else if (!t.moved()) {
      t.key = new Key.Out();
      giveUp(t);
      t.enter(State.VOTING, why);
    }
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

  private static Session.Open acquiring(Session.Open open, boolean acquiring, long acquireAt) {
    return new Session.Open(
        open.id(),
        open.basis(),
        open.renewAt(),
        open.renewing(),
        acquiring,
        acquireAt,
        open.announceAt());
  }

  private static Session.Open announcing(Session.Open open, long announceAt) {
    return new Session.Open(
        open.id(),
        open.basis(),
        open.renewAt(),
        open.renewing(),
        open.acquiring(),
        open.acquireAt(),
        announceAt);
  }

  private static void problem(Turn t, String why) {
    t.lock = t.lock.troubled(why);
  }
}
