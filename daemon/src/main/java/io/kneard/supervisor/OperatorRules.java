package io.kneard.supervisor;

import java.util.Optional;

/** What operators ask for: an end, a pause, a handover. */
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

  /** The daemon ends with neard, as was planned. */
  static void stayDown(Turn t, String why) {
    shutDown(t, why, STAY_DOWN);
  }

  private static void shutDown(Turn t, String why, int status) {
    t.enter(State.SHUTDOWN, why);
    t.exit = Optional.of(status);
    if (t.key instanceof Key.GoingOut out) {
      t.key = out.towards(State.SHUTDOWN, why);
    } else if (t.key.mayBeInProcess()) {
      KeyRules.demote(t, State.SHUTDOWN, why, Optional.empty());
    } else {
      t.key = new Key.Out();
      ReleaseRules.giveUp(t);
    }
  }

  /** A session says whether its host is a candidate, so in Voting there has to be a new one. */
  static void pause(Turn t, Event.PauseRequested event) {
    boolean changed = t.paused != event.paused();
    t.paused = event.paused();
    String why = t.paused ? "paused by the operator" : "resumed by the operator";
    if (changed && t.in(State.VOTING)) {
      ReleaseRules.giveUp(t);
      t.enter(State.REGISTERING, why);
    } else if (t.paused && t.key instanceof Key.Settling) {
      t.key = new Key.Out();
      ReleaseRules.giveUp(t);
      t.enter(State.REGISTERING, why + " before it signed");
    }
  }

  static void switchover(Turn t, Event.SwitchoverRequested event) {
    if (t.in(State.VALIDATING) && t.key instanceof Key.Live && !t.paused && !t.plan.active()) {
      t.notBefore = t.now + Rules.HANDOVER.toNanos();
      String to = event.handover().map(wish -> "to " + wish.toNodeId()).orElse("to any other host");
      KeyRules.demote(t, State.VOTING, "planned handover " + to, event.handover());
    }
  }

  static void timeIs(Turn t) {
    if (t.in(State.SHUTDOWN) && t.exit.isPresent()) {
      farewell(t);
    }
  }

  private static void farewell(Turn t) {
    if (t.key.mayBeInProcess()) {
      return;
    }
    NodeRules.stop(t, Optional.empty(), "the daemon ends");
    ReleaseRules.hurry(t);
    if (!t.node.exists()
        && ReleaseRules.settled(t)
        && PlanRules.told(t)
        && BindingRules.settled(t)) {
      t.order(new Order.Exit(t.exit.get()));
    }
  }
}
