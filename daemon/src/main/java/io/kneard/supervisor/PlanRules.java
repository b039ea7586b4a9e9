package io.kneard.supervisor;

import io.kneard.supervisor.Plan.Phase;
import java.util.Locale;
import java.util.Optional;

/**
 * The planned stop of neard: in Validating at a height, with the lock kept until neard is back; in
 * Voting at once. A plan always ends: a host with an active one never takes the lock.
 */
final class PlanRules {
  private PlanRules() {}

  /**
   * In the states of the specification; nowhere else, and never two at once. Whoever asks sees in
   * {@link Supervision#plan} whether it was taken.
   */
  static void planned(Turn t, Event.StopPlanned event) {
    if (t.plan.active() || !(t.node instanceof Node.Up)) {
      return;
    }
    boolean handsOver = t.paused && event.stay();
    if (t.in(State.VALIDATING)
        && t.key instanceof Key.Live
        && event.height().isPresent()
        && !handsOver) {
      t.plan = Plan.of(Phase.PLANNED, event, t.now, event.message());
    } else if (t.in(State.VOTING) && event.height().isEmpty() && !LockRules.acquiring(t)) {
      t.plan = Plan.of(Phase.STOPPING, event, t.now, "neard is stopping");
      if (event.stay()) {
        OperatorRules.stayDown(t, "planned stop in Voting");
      } else {
        NodeRules.stop(t, Optional.of(Role.STANDBY), "planned restart in Voting");
      }
    }
  }

  static void unplanned(Turn t, Event.StopUnplanned event) {
    if (t.plan.phase() == Phase.PLANNED) {
      t.plan = t.plan.to(event.failed() ? Phase.FAILED : Phase.CANCELLED, event.message(), t.now);
    }
  }

  /** A standby that was stopped on purpose is dead and is started again. */
  static void startedAgain(Turn t) {
    if (t.plan.phase() == Phase.STOPPING && t.plan.height().isEmpty()) {
      t.plan = t.plan.to(Phase.RESTARTING, "neard is starting again", t.now);
    }
  }

  /** neard answers after a start. */
  static void neardAnswers(Turn t) {
    if (t.plan.active() && t.plan.height().isEmpty()) {
      done(t);
    }
  }

  /** The key is live, perhaps again after a planned stop. */
  static void keyIsLive(Turn t) {
    if (t.plan.phase() == Phase.RESTARTING) {
      done(t);
    }
  }

  private static void done(Turn t) {
    String message =
        String.format(
            Locale.ROOT,
            "neard is back %.1f s after it stopped; the state is %s",
            (t.now - t.plan.since()) / 1e9,
            t.state().title());
    t.plan = t.plan.to(Phase.DONE, message, t.now);
  }

  /**
   * Whether this end of the process is the planned one; if so, it is started again with the key,
   * the lock is kept and the state stays what it was.
   */
  static boolean stoppedAsPlanned(Turn t, Event.NeardExited event) {
    boolean due = t.plan.phase() == Phase.PLANNED || t.plan.phase() == Phase.STOPPING;
    if (!t.in(State.VALIDATING) || !due || event.status() != 0) {
      return false;
    }
    if (t.plan.stay()) {
      t.key = new Key.Out();
      t.plan = t.plan.to(Phase.DONE, "neard stopped and stays down; the daemon ends", t.now);
      t.order(new Order.ForgetPlannedStop()); // neard may next be started without the daemon
      ReleaseRules.giveBack(t, Optional.empty());
      OperatorRules.stayDown(t, "planned stop at height " + t.plan.height().orElseThrow());
      return true;
    }
    t.plan = t.plan.to(Phase.RESTARTING, "neard has stopped and is starting again", t.now);
    t.key = new Key.GoingIn(Promotion.RESTART, t.now, Optional.empty());
    NodeRules.start(t, Role.VALIDATOR, 0);
    if (!t.node.exists()) {
      t.key = new Key.Out();
      t.plan = t.plan.to(Phase.FAILED, "the lock could not be kept for the restart", t.now);
      ReleaseRules.giveBack(t, Optional.empty());
      t.enter(State.STARTUP, "neard stopped as planned, without a lock to go on with");
    }
    return true;
  }

  static void neardDiedBeforeItsTime(Turn t, String why) {
    if (t.plan.active()) {
      String message = "neard ended, and not as planned: %s. It is being started again";
      t.plan = t.plan.to(Phase.FAILED, message.formatted(why), t.now);
    }
  }

  /**
   * neard did not answer. Where it may have reached its height it counts as stopping from here on,
   * and may be silent for a while.
   */
  static boolean neardMayBeSilent(Turn t) {
    if (t.in(State.VALIDATING)
        && t.plan.phase() == Phase.PLANNED
        && t.node instanceof Node.Up up
        && mayHaveReached(t, up)) {
      stopping(t);
    }
    return t.in(State.VALIDATING) && t.plan.phase() == Phase.STOPPING && !tooLong(t);
  }

  /** The head when neard answered last is known; it has gone on since. */
  private static boolean mayHaveReached(Turn t, Node.Up up) {
    double seconds = (t.now - up.viewedAt()) / 1e9;
    return up.view().height() + seconds * Rules.FASTEST_CHAIN >= t.plan.height().orElseThrow();
  }

  private static void stopping(Turn t) {
    t.plan = t.plan.to(Phase.STOPPING, "neard is stopping", t.now);
  }

  private static boolean tooLong(Turn t) {
    return t.now - t.plan.since() >= t.rules.stopTimeout().toNanos();
  }

  static void timeIs(Turn t) {
    if (!t.plan.active() || t.plan.height().isEmpty()) {
      return;
    }
    if (!t.in(State.VALIDATING)) {
      abandon(t);
    } else if (t.node instanceof Node.Up up
        && up.failures() == 0
        && t.plan.phase() != Phase.RESTARTING) {
      follow(t, up.view().height(), t.plan.height().get());
    }
  }

  /** What the head of a neard that answers says of the plan. */
  private static void follow(Turn t, long head, long wanted) {
    boolean planned = t.plan.phase() == Phase.PLANNED;
    if (head < wanted && !planned) {
      t.plan = t.plan.to(Phase.PLANNED, "neard stops at height " + wanted, t.now);
    } else if (head >= wanted && planned) {
      stopping(t);
    } else if (head > wanted + Rules.MISSED_AFTER_BLOCKS || (head >= wanted && tooLong(t))) {
      t.order(new Order.ForgetPlannedStop());
      String message =
          "neard is at height %d, has reached the planned %d and has not stopped; the plan was"
              + " taken back. Look for expected_shutdown in neard's log, then plan again";
      t.plan = t.plan.to(Phase.FAILED, message.formatted(head, wanted), t.now);
    }
  }

  /** Whether those who wait for a daemon that stays down have had the time to hear of it. */
  static boolean told(Turn t) {
    boolean justDone = t.plan.phase() == Phase.DONE && t.now - t.plan.since() < Rules.LAST_WORD;
    return !(t.plan.stay() && justDone);
  }

  /** This host no longer signs, so there is nothing left to stop for, or to come back to. */
  private static void abandon(Turn t) {
    if (t.plan.phase() != Phase.RESTARTING) { // a start has removed it, and may not survive SIGHUP
      t.order(new Order.ForgetPlannedStop());
    }
    String message =
        switch (t.plan.phase()) {
          case PLANNED -> "height %d was not reached in Validating (%s); the plan was taken back";
          case STOPPING -> "neard was stopping at height %d and was ended instead (%s)";
          case RESTARTING ->
              "neard stopped at height %d as planned and did not come back as the signer (%s)";
          case NONE, DONE, CANCELLED, FAILED -> throw new IllegalStateException(t.plan.toString());
        };
    t.plan = t.plan.to(Phase.FAILED, message.formatted(t.plan.height().get(), t.why()), t.now);
  }
}
