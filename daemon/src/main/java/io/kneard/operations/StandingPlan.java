package io.kneard.operations;

import io.kneard.supervisor.Event;
import io.kneard.supervisor.Plan;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether a plan is still the supervisor's, and waits for its height. */
record StandingPlan(Supervised host, Plan plan) implements BooleanSupplier {
  /** How long the supervisor may take to go by what it is told. */
  static final Duration TAKES = Duration.ofSeconds(2);

  @Override
  public boolean getAsBoolean() {
    return isIn(host.current());
  }

  private boolean isIn(Supervision now) {
    return now.plan().phase() == Plan.Phase.PLANNED && now.plan().plannedAt() == plan.plannedAt();
  }

  /** The height, which a plan that waits has. */
  long height() {
    return plan.height().orElseThrow();
  }

  /** Ends the plan; what is known once it is not the supervisor's any more, empty if it stays. */
  Optional<Supervision> end(boolean failed, String message) throws InterruptedException {
    host.tell(new Event.StopUnplanned(failed, message));
    return host.await(now -> !isIn(now), TAKES);
  }
}
