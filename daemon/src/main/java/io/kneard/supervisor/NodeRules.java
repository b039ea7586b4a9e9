package io.kneard.supervisor;

import io.kneard.supervisor.Supervision.Fence;
import io.kneard.supervisor.Supervision.Probe;
import java.util.Optional;

/** The neard process: starting it, hearing from it, losing it. */
final class NodeRules {
  private NodeRules() {}

  static void started(Turn t) {
    if (t.node instanceof Node.Starting starting) {
      t.node = starting.runs();
      t.probe = new Probe(t.probe.busy(), t.now, t.probe.problem());
    }
    ReleaseRules.earlierNeardIsDead(t);
  }

  /** The process is dead: whatever key it had is out, and what comes next depends on why. */
  static void exited(Turn t, Event.NeardExited event) {
    Node before = t.node;
    boolean keyWasIn = t.key.mayBeInProcess();
    int attempts = attempts(before);
    long startAt = t.now + (attempts > 0 ? t.rules.backoff(attempts) : 0);
    t.node = new Node.Down(startAt, attempts, Optional.of(event.why()));
    t.fence = Fence.OPEN;
    if (before instanceof Node.Stopping stopping
        && stopping.then().isPresent()
        && !t.in(State.SHUTDOWN)) {
      start(t, stopping.then().get(), 0);
      PlanRules.startedAgain(t);
      return;
    }
    if (keyWasIn || t.key instanceof Key.Settling) {
      t.order(new Order.CleanSlot());
      KeyRules.processIsDead(t, event);
    } else if (t.in(State.SYNCING, State.REGISTERING, State.VOTING)) {
      PlanRules.neardDiedBeforeItsTime(t, event.why());
      toStartup(t, "neard stopped: " + event.why());
    }
    if (!t.moved()
        && t.rules.startAttempts() > 0
        && attempts >= t.rules.startAttempts()
        && t.in(State.STARTUP)) {
      t.enter(
          State.SHUTDOWN,
          "neard did not start in %d attempts: %s".formatted(attempts, event.why()));
      t.exit = Optional.of(1);
    }
  }

  static void answered(Turn t, Event.StatusOk event) {
    t.probe = new Probe(false, nextProbe(t), Optional.empty());
    NeardView view = event.view();
    if (t.node instanceof Node.Starting starting
        && starting.running()
        && event.askedAt() - starting.since() >= 0) {
      t.node = new Node.Up(starting.role(), 0, view, event.askedAt());
      PlanRules.neardAnswers(t);
    } else if (t.node instanceof Node.Up up) {
      t.node = new Node.Up(up.role(), 0, view, event.askedAt());
    } else {
      return;
    }
    KeyRules.viewed(t, view, event.askedAt());
    if (t.moved() || !(t.node instanceof Node.Up)) {
      return;
    }
    switch (t.state()) {
      case STARTUP -> t.enter(State.SYNCING, "neard answers /status");
      case SYNCING -> {
        if (!view.syncing()) {
          t.enter(State.REGISTERING, "neard is in sync at height " + view.height());
        }
      }
      case REGISTERING, VOTING -> {
        if (view.syncing()) {
          ReleaseRules.giveUp(t);
          t.enter(State.SYNCING, "neard is catching up again at height " + view.height());
        }
      }
      case VALIDATING, SHUTDOWN -> {}
    }
  }

  static void silent(Turn t, Event.StatusFailed event) {
    t.probe = new Probe(false, nextProbe(t), Optional.of(event.why()));
    if (!(t.node instanceof Node.Up up)) {
      return;
    }
    int failures = up.failures() + 1;
    t.node = new Node.Up(up.role(), failures, up.view(), up.viewedAt());
    boolean expected = PlanRules.neardMayBeSilent(t);
    if (failures < t.rules.statusFailures() || expected) {
      return;
    }
    String why = "/status failed %d times in a row: %s".formatted(failures, event.why());
    if (t.in(State.SYNCING, State.REGISTERING, State.VOTING)) {
      toStartup(t, why);
    } else if (t.key instanceof Key.Settling) {
      t.key = new Key.Out();
      toStartup(t, why);
    } else if (t.key instanceof Key.Live) {
      KeyRules.demoteByStop(t, State.STARTUP, why);
    }
  }

  /** How many starts in a row did not get as far as an answer. */
  private static int attempts(Node node) {
    if (node instanceof Node.Starting starting) {
      return starting.attempts();
    }
    return node instanceof Node.Stopping stopping ? stopping.attempts() : 0;
  }

  /** Whether there is a process, so that no earlier one of this home is left. */
  static boolean runs(Turn t) {
    return t.node instanceof Node.Up || (t.node instanceof Node.Starting s && s.running());
  }

  /** Back to the beginning; whatever runs is stopped first. */
  static void toStartup(Turn t, String why) {
    ReleaseRules.giveUp(t);
    stop(t, Optional.empty(), why);
    t.enter(State.STARTUP, why);
  }

  /** Stops a process without a key, so that it may take its time. */
  static void stop(Turn t, Optional<Role> then, String why) {
    if (t.node.exists() && !(t.node instanceof Node.Stopping)) {
      terminate(t, then, t.now + t.rules.stopTimeout().toNanos(), 0, why);
    }
  }

  private static void terminate(
      Turn t, Optional<Role> then, long killAt, int attempts, String why) {
    t.order(new Order.TermNeard(killAt, why));
    t.node = new Node.Stopping(then, killAt + Rules.FENCE_PATIENCE, attempts);
  }

  /** Stops a process that may have the key: until the fence bound is reached, no longer. */
  static void stopWithKey(Turn t, String why) {
    if (t.node.exists() && t.key instanceof Key.GoingOut out) {
      terminate(t, Optional.empty(), out.killAt(), 0, why);
    }
  }

  static void kill(Turn t, Optional<Role> then, String why) {
    if (t.node.exists()) {
      t.order(new Order.KillNeard(why));
      t.node = new Node.Stopping(then, t.now + Rules.FENCE_PATIENCE, 0);
    }
  }

  static void start(Turn t, Role role, int attempts) {
    Optional<Long> deadline = Optional.empty();
    if (role == Role.VALIDATOR) {
      deadline = KeyRules.deadline(t);
      if (deadline.isEmpty()) {
        return; // no lease that could carry it; the rules of the key take it from here
      }
      t.fence = new Fence(deadline, t.now, deadline);
    }
    Optional<String> before =
        attempts > 0 && t.node instanceof Node.Down down ? down.why() : Optional.empty();
    t.order(new Order.StartNeard(role, deadline));
    t.node = new Node.Starting(role, t.now, attempts + 1, false, before);
    t.probe = new Probe(t.probe.busy(), t.now, Optional.empty());
    t.starts++;
  }

  static void timeIs(Turn t) {
    if (t.node instanceof Node.Down down) {
      if (t.in(State.STARTUP)) {
        if (t.now - down.startAt() >= 0 && t.exit.isEmpty()) {
          start(t, Role.STANDBY, down.attempts());
        }
      } else if (!t.moved() && t.in(State.SYNCING, State.REGISTERING, State.VOTING)) {
        ReleaseRules.giveUp(t);
        t.enter(State.STARTUP, "neard is not running");
      }
    } else if (t.node instanceof Node.Starting starting
        && t.now - starting.since() >= t.rules.startTimeout().toNanos()) {
      tooSlow(t, starting);
    } else if (t.node instanceof Node.Stopping stopping && t.now - stopping.killAt() >= 0) {
      // The fence was to do it; should that hang, this is what holds. Again if need be.
      t.order(new Order.KillNeard("it did not stop in time"));
      long again = t.now + Rules.FENCE_PATIENCE;
      t.node = new Node.Stopping(stopping.then(), again, stopping.attempts());
    }
    if (runs(t) && !t.probe.busy() && t.now - t.probe.at() >= 0) {
      t.order(new Order.AskStatus());
      t.probe = new Probe(true, t.now, t.probe.problem());
    }
  }

  private static void tooSlow(Turn t, Node.Starting starting) {
    String why =
        "/status did not answer within %d s of the start (neard.start-timeout)"
            .formatted(t.rules.startTimeout().toSeconds());
    if (t.key.mayBeInProcess()) {
      KeyRules.demoteByKill(t, State.STARTUP, why);
      return;
    }
    long killAt = t.now + t.rules.stopTimeout().toNanos();
    terminate(t, Optional.empty(), killAt, starting.attempts(), why);
    if (t.in(State.VOTING) && !t.moved()) {
      PlanRules.neardDiedBeforeItsTime(t, why);
      ReleaseRules.giveUp(t);
      t.enter(State.STARTUP, why);
    }
  }

  private static long nextProbe(Turn t) {
    boolean swapping = t.key instanceof Key.GoingIn || t.key instanceof Key.GoingOut;
    return t.now + (swapping ? Rules.SWAP_INTERVAL : t.rules.statusInterval().toNanos());
  }
}
