package io.kneard.supervisor;

import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import java.util.Optional;

/** The session in the lock store: opening it, and renewing it. */
final class SessionRules {
  private SessionRules() {}

  static void opening(Turn t, Event.SessionOpening event) {
    if (event.outcome() instanceof Opening.Opened opened) {
      boolean outdated = t.session instanceof Session.Opening asked && asked.stands() == t.paused;
      long renewAt = event.sentAt() + t.rules.timing().renewEvery().toNanos();
      t.session = Session.Open.opened(opened.session(), event.sentAt(), renewAt, t.now);
      if (t.in(State.REGISTERING) && !outdated) {
        t.enter(
            State.VOTING,
            t.paused
                ? "a session is open in the lock store; paused: the lock is not taken"
                : "a session is open in the lock store");
      } else {
        ReleaseRules.giveUp(t);
      }
      return;
    }
    String why =
        event.outcome() instanceof Opening.Refused refused
            ? refused.why()
            : ((Opening.Unreachable) event.outcome()).why();
    t.session = new Session.None(t.now + 2 * Rules.LOCK_RETRY);
    t.trouble(why);
  }

  static void renewal(Turn t, Event.SessionRenewal event) {
    if (!(t.session instanceof Session.Open open) || !open.id().equals(event.session())) {
      return;
    }
    if (event.outcome() instanceof Renewal.Renewed) {
      long basis = Math.max(open.basis(), event.sentAt());
      t.session = open.renewed(basis, event.sentAt() + t.rules.timing().renewEvery().toNanos());
      boolean leaving = t.key instanceof Key.GoingOut;
      if (t.key.mayBeInProcess() && t.node.exists() && !leaving) {
        KeyRules.setDeadline(t, Optional.of(t.rules.deadline(basis)));
      }
    } else if (event.outcome() instanceof Renewal.Gone) {
      gone(t, "the session has expired: the lock store no longer has it");
    } else if (event.outcome() instanceof Renewal.Unreachable unreachable) {
      t.session = open.renewed(open.basis(), t.now + Rules.LOCK_RETRY);
      t.trouble(unreachable.why());
    }
  }

  /** The session is no more; if it held the lock, another host may hold it by now. */
  static void gone(Turn t, String why) {
    t.session = new Session.None(t.now);
    if (t.in(State.VOTING)) {
      t.enter(State.REGISTERING, why);
    } else if (t.in(State.VALIDATING)) {
      LockRules.lost(t, why);
    } else if (t.key.mayBeInProcess()) {
      NodeRules.kill(t, Optional.empty(), why);
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
      ReleaseRules.timeIs(t, ending);
    } else if (t.session instanceof Session.Open open) {
      keep(t, open);
    }
  }

  private static void keep(Turn t, Session.Open open) {
    if (!open.renewing() && t.now - open.renewAt() >= 0) {
      t.order(new Order.RenewSession(open.id()));
      t.session = open.beingRenewed();
    }
    if (t.in(State.VALIDATING) && t.now - open.basis() >= t.rules.stopAfter()) {
      tooLong(t);
    } else {
      LockRules.timeIs(t, (Session.Open) t.session);
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
      ReleaseRules.giveUp(t);
      t.enter(State.VOTING, why);
    }
  }
}
