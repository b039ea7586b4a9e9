package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.maintenance.StopHeight;
import io.kneard.neard.PlannedStop;
import io.kneard.neard.PlannedStop.Outcome;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Plan;
import io.kneard.supervisor.Supervision;
import java.io.IOException;

/**
 * Undoes a planned stop. neard forgets it before the supervisor does: so a stop that comes first is
 * never taken for a crash.
 */
final class StopCanceller {
  private final Supervised host;
  private final PlannedStop stop;

  StopCanceller(Supervised host, PlannedStop stop) {
    this.host = host;
    this.stop = stop;
  }

  /** Answers with what is known once neard has confirmed that it has no height any more. */
  Supervision cancel() throws Refusal, InterruptedException {
    Plan plan = host.current().plan();
    return switch (plan.phase()) {
      case PLANNED -> cancel(new StandingPlan(host, plan));
      case STOPPING, RESTARTING -> throw tooLate();
      case NONE, DONE, CANCELLED, FAILED ->
          throw Refusal.refused("nothing is planned, so nothing was cancelled");
    };
  }

  private Supervision cancel(StandingPlan plan) throws Refusal, InterruptedException {
    requireTime(plan.height());
    String open = forgotten(plan);
    if (!plan.getAsBoolean()) {
      throw tooLate();
    }
    if (!open.isEmpty()) {
      throw Refusal.upstream(
          "%s. The plan stands: neard may stop at height %d".formatted(open, plan.height()));
    }
    String done = "neard has confirmed that it does not stop at height ";
    return plan.end(false, done + plan.height())
        .filter(now -> now.plan().phase() == Plan.Phase.CANCELLED)
        .orElseThrow(this::tooLate);
  }

  /** Close to the height nobody can say whether neard hears of it before it stops. */
  private void requireTime(long height) throws Refusal {
    if (host.current().node() instanceof Node.Up up
        && height - up.view().height() < StopHeight.MARGIN) {
      throw Refusal.refused(
          "too late, nothing was cancelled: neard is at height %d and about to stop at %d"
              .formatted(up.view().height(), height));
    }
  }

  /** What is open; empty if neard has confirmed. */
  private String forgotten(StandingPlan plan) throws InterruptedException {
    try {
      return stop.clear(plan) instanceof Outcome.Unconfirmed unconfirmed
          ? "neard was told to forget the height, which it has not confirmed: " + unconfirmed.why()
          : "";
    } catch (IOException e) {
      return "neard was not told to forget the height: " + e.getMessage();
    }
  }

  private Refusal tooLate() {
    return Refusal.refused("too late, nothing was cancelled: " + host.current().plan().message());
  }
}
