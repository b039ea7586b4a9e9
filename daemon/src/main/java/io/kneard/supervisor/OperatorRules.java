package io.kneard.supervisor;

import java.util.Optional;

/** What operators ask for: an end, a handover, a planned stop. */
final class OperatorRules {
  /** The exit status of a daemon that was asked to stay down; the unit does not restart it. */
  static final int STAY_DOWN = 75;

  private OperatorRules() {}

  static void stop(Turn t, Event.StopRequested event) {
    if (t.in(State.SHUTDOWN)) {
      NodeRules.kill(t, Optional.empty(), "a second request to stop: " + event.why());
      return;
    }
    shutDown(t, event.why(), 0);
  }

  private static void shutDown(Turn t, String why, int status) {
    t.enter(State.SHUTDOWN, why);
    t.exit = Optional.of(status);
    if (t.key instanceof Key.GoingOut out) {
      t.key =
          new Key.GoingOut(
              out.since(), out.removed(), out.killAt(), State.SHUTDOWN, why, out.handover());
    } else if (t.key.mayBeInProcess()) {
      KeyRules.demote(t, State.SHUTDOWN, why, Optional.empty());
    } else {
      t.key = new Key.Out();
      SessionRules.giveUp(t);
    }
  }

  /** A session says whether its host is a candidate, so in Voting there has to be a new one. */
  static void pause(Turn t, Event.PauseRequested event) {
    boolean changed = t.paused != event.paused();
    t.paused = event.paused();
    if (changed && t.in(State.VOTING)) {
      SessionRules.giveUp(t);
      t.enter(State.REGISTERING, t.paused ? "paused by the operator" : "resumed by the operator");
    }
  }

  static void switchover(Turn t, Event.SwitchoverRequested event) {
    if (t.in(State.VALIDATING) && t.key instanceof Key.Live && !t.paused && !t.plan.active()) {
      t.notBefore = t.now + Rules.HANDOVER.toNanos();
      String to = event.handover().map(wish -> "to " + wish.toNodeId()).orElse("to any other host");
      KeyRules.demote(t, State.VOTING, "planned handover " + to, event.handover());
    }
  }

  static void planned(Turn t, Event.StopPlanned event) {
    if (t.in(State.VALIDATING) && t.key instanceof Key.Live && event.height().isPresent()) {
      t.plan = new Plan(Plan.Phase.PLANNED, event.height(), event.stay(), t.now, event.message());
    } else if (t.in(State.VOTING) && t.node instanceof Node.Up) {
      t.plan =
          new Plan(Plan.Phase.STOPPING, Optional.empty(), event.stay(), t.now, "neard is stopping");
      if (event.stay()) {
        shutDown(t, "planned stop in Voting", STAY_DOWN);
      } else {
        NodeRules.stop(t, Optional.of(Role.STANDBY), "planned restart in Voting");
      }
    }
  }

  static void unplanned(Turn t, Event.StopUnplanned event) {
    if (t.plan.phase() == Plan.Phase.PLANNED) {
      t.plan =
          t.plan.to(
              event.failed() ? Plan.Phase.FAILED : Plan.Phase.CANCELLED, event.message(), t.now);
    }
  }

  /** neard answers after a start. */
  static void neardAnswers(Turn t) {
    if (t.plan.active() && t.plan.height().isEmpty()) {
      t.plan = t.plan.to(Plan.Phase.DONE, "neard was restarted", t.now);
    }
  }

  /** The key is live, perhaps again after a planned stop. */
  static void keyIsLive(Turn t) {
    if (t.plan.phase() == Plan.Phase.RESTARTING) {
      t.plan = t.plan.to(Plan.Phase.DONE, "neard was restarted and signs again", t.now);
    }
  }

  /**
   * Whether this end of the process is the planned one; if so, it is started again with the key,
   * the lock is kept and the state stays what it was.
   */
  static boolean stoppedAsPlanned(Turn t, Event.NeardExited event) {
    boolean asPlanned =
        t.in(State.VALIDATING)
            && (t.plan.phase() == Plan.Phase.PLANNED || t.plan.phase() == Plan.Phase.STOPPING)
            && event.status() == 0;
    if (!asPlanned) {
      return false;
    }
    if (t.plan.stay()) {
      t.key = new Key.Out();
      SessionRules.giveBack(t, Optional.empty());
      t.plan = t.plan.to(Plan.Phase.DONE, "neard stopped and stays down", t.now);
      shutDown(t, "planned stop at height " + t.plan.height().orElse(0L), STAY_DOWN);
      return true;
    }
    t.plan = t.plan.to(Plan.Phase.RESTARTING, "neard stopped and is starting again", t.now);
    t.key = new Key.GoingIn(Promotion.RESTART, t.now, Optional.empty());
    NodeRules.start(t, Role.VALIDATOR, 0);
    if (!t.node.exists()) {
      t.key = new Key.Out();
      t.plan = t.plan.to(Plan.Phase.FAILED, "the lock could not be kept for the restart", t.now);
      SessionRules.giveBack(t, Optional.empty());
      t.enter(State.STARTUP, "neard stopped as planned, without a lock to go on with");
    }
    return true;
  }

  static void neardDiedBeforeItsTime(Turn t) {
    if (t.plan.active()) {
      t.plan =
          t.plan.to(
              Plan.Phase.FAILED,
              "neard ended in another way than planned; it is being started again",
              t.now);
    }
  }

  /** A neard that is stopping as planned does not answer, and that is all right for a while. */
  static boolean neardMayBeSilent(Turn t) {
    if (!t.in(State.VALIDATING) || !t.plan.active() || !(t.node instanceof Node.Up up)) {
      return false;
    }
    boolean reached = t.plan.height().filter(h -> up.view().height() >= h - 5).isPresent();
    if (reached && t.plan.phase() == Plan.Phase.PLANNED) {
      t.plan = t.plan.to(Plan.Phase.STOPPING, "neard is stopping", t.now);
    }
    return t.plan.phase() == Plan.Phase.STOPPING
        && t.now - t.plan.since() < t.rules.stopTimeout().toNanos();
  }

  static void timeIs(Turn t) {
    if (t.plan.phase() == Plan.Phase.PLANNED
        && t.node instanceof Node.Up up
        && t.plan
            .height()
            .filter(h -> up.view().height() > h + Rules.MISSED_AFTER_BLOCKS)
            .isPresent()) {
      t.order(new Order.ForgetPlannedStop());
      t.plan =
          t.plan.to(
              Plan.Phase.FAILED,
              "neard is at height %d, past the planned %d, and has not stopped; the plan was taken back. Plan it again, or check whether this neard supports expected_shutdown"
                  .formatted(up.view().height(), t.plan.height().get()),
              t.now);
    }
    if (t.in(State.SHUTDOWN) && t.exit.isPresent()) {
      farewell(t);
    }
  }

  private static void farewell(Turn t) {
    if (t.key.mayBeInProcess()) {
      return;
    }
    NodeRules.stop(t, Optional.empty(), "the daemon ends");
    SessionRules.hurry(t);
    if (!t.node.exists() && SessionRules.settled(t)) {
      t.order(new Order.Exit(t.exit.get()));
    }
  }
}
