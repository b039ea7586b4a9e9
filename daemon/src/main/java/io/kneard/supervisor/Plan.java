package io.kneard.supervisor;

import java.util.Optional;

/**
 * A planned stop of neard (spec/failover.md, "Command").
 *
 * @param phase how far it is
 * @param height the height at which neard stops by itself; empty in Voting, where it stops at once
 * @param stay whether the daemon ends with neard instead of starting it again
 * @param plannedAt when it was planned; the same for as long as the plan is known
 * @param since when the phase was entered
 * @param message for people: what happened, or what to do
 */
public record Plan(
    Phase phase, Optional<Long> height, boolean stay, long plannedAt, long since, String message) {

  /** How far a planned stop is. */
  public enum Phase {
    NONE,
    PLANNED,
    STOPPING,
    RESTARTING,
    DONE,
    CANCELLED,
    FAILED
  }

  static Plan none(long now) {
    return new Plan(Phase.NONE, Optional.empty(), false, now, now, "nothing is planned");
  }

  static Plan of(Phase phase, Event.StopPlanned event, long now, String message) {
    return new Plan(phase, event.height(), event.stay(), now, now, message);
  }

  Plan to(Phase next, String why, long now) {
    return new Plan(next, height, stay, plannedAt, now, why);
  }

  /** Whether something is still to happen. */
  public boolean active() {
    return phase == Phase.PLANNED || phase == Phase.STOPPING || phase == Phase.RESTARTING;
  }
}
