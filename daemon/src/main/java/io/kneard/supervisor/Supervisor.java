package io.kneard.supervisor;

/** The decisions of one host: pure, so that they can be tested and searched in virtual time. */
public final class Supervisor {
  private final Rules rules;

  public Supervisor(Rules rules) {
    this.rules = rules;
  }

  /**
   * What follows from {@code event}.
   *
   * @param now on the clock of {@code /proc/uptime}, in nanoseconds
   * @return what is known then and what to do; the state moves at most once
   */
  public Decision decide(Supervision before, Event event, long now) {
    Turn turn = new Turn(rules, before, now);
    if (event instanceof Event.Tick) {
      // Everything below looks at the time.
    } else if (event instanceof Event.HostStoodStill still) {
      LockRules.stoodStill(turn, still.nanos());
    } else if (event instanceof Event.NeardStarted) {
      NodeRules.started(turn);
    } else if (event instanceof Event.NeardExited exited) {
      NodeRules.exited(turn, exited);
    } else if (event instanceof Event.StatusOk ok) {
      NodeRules.answered(turn, ok);
    } else if (event instanceof Event.StatusFailed failed) {
      NodeRules.silent(turn, failed);
    } else if (event instanceof Event.DeadlineTaken taken) {
      KeyRules.deadlineTaken(turn, taken);
    } else if (event instanceof Event.KeyInserted inserted) {
      KeyRules.inserted(turn, inserted);
    } else if (event instanceof Event.KeyInsertFailed failed) {
      KeyRules.insertFailed(turn, failed);
    } else if (event instanceof Event.KeyRemoved removed) {
      KeyRules.removed(turn, removed);
    } else if (event instanceof Event.KeyRemoveFailed failed) {
      KeyRules.removeFailed(turn, failed);
    } else if (event instanceof Event.SessionOpening opening) {
      SessionRules.opening(turn, opening);
    } else if (event instanceof Event.SessionRenewal renewal) {
      SessionRules.renewal(turn, renewal);
    } else if (event instanceof Event.LockAcquisition acquisition) {
      LockRules.acquisition(turn, acquisition);
    } else if (event instanceof Event.LockRelease release) {
      ReleaseRules.released(turn, release);
    } else if (event instanceof Event.SessionEnding ending) {
      ReleaseRules.destroyed(turn, ending);
    } else if (event instanceof Event.LockObserved observed) {
      LockRules.observed(turn, observed);
    } else if (event instanceof Event.VolumeSeen look) {
      BindingRules.seen(turn, look);
    } else if (event instanceof Event.StopRequested stop) {
      OperatorRules.stop(turn, stop);
    } else if (event instanceof Event.PauseRequested pause) {
      OperatorRules.pause(turn, pause);
    } else if (event instanceof Event.SwitchoverRequested switchover) {
      OperatorRules.switchover(turn, switchover);
    } else if (event instanceof Event.StopPlanned planned) {
      PlanRules.planned(turn, planned);
    } else if (event instanceof Event.StopUnplanned unplanned) {
      PlanRules.unplanned(turn, unplanned);
    } else {
      throw new IllegalStateException("no rule for " + event);
    }
    KeyRules.timeIs(turn);
    SessionRules.timeIs(turn);
    LockRules.watch(turn);
    PlanRules.timeIs(turn);
    BindingRules.timeIs(turn);
    OperatorRules.timeIs(turn);
    NodeRules.timeIs(turn);
    return turn.decision();
  }

  /**
   * When to come back with a {@link Event.Tick} at the latest, if nothing happens before.
   *
   * @param now when {@code s} was decided
   */
  public long wakeAt(Supervision s, long now) {
    return Timetable.next(s, rules, now);
  }
}
