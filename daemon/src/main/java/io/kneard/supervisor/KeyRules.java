package io.kneard.supervisor;

import io.kneard.lock.Handover;
import io.kneard.supervisor.Supervision.Fence;
import java.util.Optional;

/**
 * The key's way into the process and out of it (design: "Failover: safety first").
 *
 * <p>In: the lock, then a deadline on the fence, then the key, then the confirmation. Out: the key
 * confirmed gone or the process dead, and only then the release of the lock.
 */
final class KeyRules {
  private KeyRules() {}

  /** The lock has just become this host's; its earlier holders are quiet from then on. */
  static void lockTaken(Turn t, long quietAt) {
    t.key = new Key.Settling(quietAt);
  }

  /** Waits for a fresh view of neard; without one the lease runs out and the lock is given back. */
  private static void promote(Turn t) {
    Optional<Long> deadline = deadline(t);
    if (!BindingRules.letsPromote(t)
        || deadline.isEmpty()
        || !(t.node instanceof Node.Up up)
        || !up.isFresh(t)) {
      return;
    }
    if (up.view().syncing()) {
      t.key = new Key.Out();
      ReleaseRules.giveUp(t);
      t.enter(
          State.VOTING,
          "neard has fallen behind before it signed, at height " + up.view().height());
      return;
    }
    t.key = new Key.GoingIn(t.rules.promotion(), t.now, Optional.empty());
    setDeadline(t, deadline);
    if (t.rules.promotion() == Promotion.HOT) {
      t.order(new Order.InsertKey(deadline.get()));
    } else {
      NodeRules.stop(t, Optional.of(Role.VALIDATOR), "it is started again as the validator");
    }
  }

  static void inserted(Turn t, Event.KeyInserted event) {
    if (t.key instanceof Key.GoingIn in && in.placed().isEmpty()) {
      t.key = new Key.GoingIn(in.mode(), in.since(), Optional.of(event.at()));
      soon(t);
    }
  }

  static void insertFailed(Turn t, Event.KeyInsertFailed event) {
    if (t.key instanceof Key.GoingIn) {
      demoteByKill(t, State.STARTUP, "the key could not be put in place: " + event.why());
    }
  }

  static void removed(Turn t, Event.KeyRemoved event) {
    if (t.key instanceof Key.GoingOut out) {
      t.key = out.removed(event.at());
      soon(t);
    }
  }

  static void removeFailed(Turn t, Event.KeyRemoveFailed event) {
    if (t.key instanceof Key.GoingOut) {
      NodeRules.kill(t, Optional.empty(), "the key could not be taken from it: " + event.why());
    }
  }

  /** A deadline is acknowledged by the fence. */
  static void deadlineTaken(Turn t, Event.DeadlineTaken event) {
    t.fence = new Fence(t.fence.ordered(), t.fence.orderedAt(), Optional.of(event.deadline()));
  }

  /** What {@code /status} says confirms a promotion or a demotion, if it was asked afterwards. */
  static void viewed(Turn t, NeardView view, long askedAt) {
    boolean ours = view.publicKey().filter(t.rules.publicKey()::equals).isPresent();
    if (t.key instanceof Key.GoingIn in) {
      boolean restarted =
          in.mode() == Promotion.RESTART
              && t.node instanceof Node.Up up
              && up.role() == Role.VALIDATOR;
      boolean placed = in.placed().isPresent() && askedAt - in.placed().get() >= 0;
      if (ours && (placed || restarted)) {
        t.key = new Key.Live(in.mode(), t.now);
        LockRules.announce(t);
        PlanRules.keyIsLive(t);
      } else if (restarted) {
        demoteByKill(
            t,
            State.STARTUP,
            "neard was started with the key and says it uses %s, wanted %s"
                .formatted(view.publicKey().orElse("none"), t.rules.publicKey()));
      }
    } else if (t.key instanceof Key.GoingOut out
        && out.removed().isPresent()
        && askedAt - out.removed().get() >= 0
        && !ours) {
      out(t, out);
    } else if (ours && !t.key.mayBeInProcess()) {
      neverGiven(t);
    }
  }

  /** neard can sign, and has neither a lock nor a deadline. */
  private static void neverGiven(Turn t) {
    String why =
        "neard uses the validator key, which it was not given here: it is killed. Where does its"
            + " config.json look for one (validator_key_file)?";
    NodeRules.kill(t, Optional.empty(), why);
    t.key = new Key.Out();
    ReleaseRules.giveUp(t);
    if (!t.in(State.STARTUP, State.SHUTDOWN)) {
      t.enter(State.STARTUP, why);
    }
  }

  /** The key is to go, by the gentlest way that is certain. */
  static void demote(Turn t, State target, String why, Optional<Handover> handover) {
    boolean hot =
        t.key instanceof Key.Live
            && t.rules.promotion() == Promotion.HOT
            && t.node instanceof Node.Up up
            && up.failures() == 0;
    if (!hot) {
      goingOut(t, target, why, handover);
      NodeRules.stopWithKey(t, why);
      return;
    }
    goingOut(t, target, why, handover);
    t.order(new Order.RemoveKey());
  }

  /** neard is told to stop, and killed when the fence bound is reached. */
  static void demoteByStop(Turn t, State target, String why) {
    goingOut(t, target, why, Optional.empty());
    NodeRules.stopWithKey(t, why);
  }

  /** neard is killed at once: the lock may be another's already, or neard cannot be trusted. */
  static void demoteByKill(Turn t, State target, String why) {
    goingOut(t, target, why, Optional.empty());
    NodeRules.kill(t, Optional.empty(), why);
  }

  private static void goingOut(Turn t, State target, String why, Optional<Handover> handover) {
    promotionFailed(t);
    long killAt = t.now + t.rules.fenceBound();
    if (t.fence.ordered().isPresent()) {
      killAt = Math.min(killAt, t.fence.ordered().get());
    }
    if (t.key instanceof Key.GoingOut out) {
      killAt = Math.min(killAt, out.killAt());
    }
    t.key = new Key.GoingOut(t.now, Optional.empty(), killAt, target, why, handover);
  }

  /** A host that could not use the key leaves the lock to the others for a while. */
  private static void promotionFailed(Turn t) {
    if (t.key instanceof Key.GoingIn) {
      t.notBefore = t.now + Rules.HANDOVER.toNanos();
    }
  }

  /** The process is dead, so the key is out of it. */
  static void processIsDead(Turn t, Event.NeardExited event) {
    if (t.key instanceof Key.GoingOut out) {
      out(t, out);
    } else if (PlanRules.stoppedAsPlanned(t, event)) {
      return;
    } else if (t.in(State.VALIDATING)) {
      PlanRules.neardDiedBeforeItsTime(t, event.why());
      promotionFailed(t);
      out(
          t,
          new Key.GoingOut(
              t.now,
              Optional.empty(),
              t.now,
              State.STARTUP,
              "neard stopped: " + event.why(),
              Optional.empty()));
    }
    t.key = new Key.Out();
  }

  /** The one way to a release of the lock. */
  private static void out(Turn t, Key.GoingOut out) {
    boolean wasIn = t.key.mayBeInProcess();
    t.key = new Key.Out();
    if (t.node.exists()) {
      setDeadline(t, Optional.empty());
    }
    if (wasIn) {
      ReleaseRules.giveBack(t, out.handover());
    } else {
      ReleaseRules.giveUp(t);
    }
    if (t.state() != out.target()) {
      t.enter(out.target(), out.why());
    }
  }

  /** Until when the process may live with the key; empty if the lease could not carry it. */
  static Optional<Long> deadline(Turn t) {
    if (t.session instanceof Session.Open open && t.now - open.basis() < t.rules.stopAfter()) {
      return Optional.of(t.rules.deadline(open.basis()));
    }
    return Optional.empty();
  }

  static void setDeadline(Turn t, Optional<Long> deadline) {
    if (!deadline.equals(t.fence.ordered())) {
      t.fence = new Fence(deadline, t.now, t.fence.taken());
      t.order(new Order.SetDeadline(deadline));
    }
  }

  static void timeIs(Turn t) {
    if (t.key.mayBeInProcess() && !t.node.exists() && !t.moved()) {
      processIsDead(t, new Event.NeardExited(-1, "it could not be started with the key"));
      return;
    }
    if (t.key.mayBeInProcess() && t.node.exists() && t.fence.hung(t.now)) {
      t.fence = new Fence(t.fence.ordered(), t.now, t.fence.taken()); // again if it outlives this
      t.order(new Order.KillNeard("its fence does not answer"));
    }
    if (t.key instanceof Key.Settling settling) {
      if (t.now - settling.until() >= 0 && !t.moved()) {
        promote(t);
      }
    } else if (t.key instanceof Key.GoingIn in
        && in.mode() == Promotion.HOT
        && t.now - in.since() >= t.rules.promotionTimeout().toNanos()) {
      // Never assume: what is not confirmed is killed, and started with the key.
      t.key = new Key.GoingIn(Promotion.RESTART, t.now, Optional.empty());
      NodeRules.kill(t, Optional.of(Role.VALIDATOR), "the hot promotion was not confirmed in time");
    } else if (t.key instanceof Key.GoingOut out && t.now - out.killAt() >= 0 && t.node.exists()) {
      // The fence was told the same time; should it hang, this is what holds. Again if need be.
      t.key = out.killAt(t.now + Rules.FENCE_PATIENCE);
      NodeRules.kill(t, Optional.empty(), "the demotion was not confirmed in time");
    }
  }

  private static void soon(Turn t) {
    t.probe = new Supervision.Probe(t.probe.busy(), t.now, t.probe.problem());
  }
}
