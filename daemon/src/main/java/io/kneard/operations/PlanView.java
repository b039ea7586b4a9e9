package io.kneard.operations;

import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.maintenance.StopHeight.Choice;
import io.kneard.maintenance.Window;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Plan;
import io.kneard.supervisor.Supervision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How a planned stop is shown to people and programs. */
final class PlanView {
  private record Moment(long planned, Instant wall) {}

  private final LongSupplier clock;
  private volatile Choice.At chosen;
  private Moment moment;

  /**
   * @param clock the supervisor's, nanoseconds
   */
  PlanView(LongSupplier clock) {
    this.clock = clock;
  }

  /** Keeps the window, which the supervisor does not know. */
  void chosen(Choice.At choice) {
    chosen = choice;
  }

  MaintenanceReport of(Supervision s) {
    Plan plan = s.plan();
    Optional<Long> head =
        s.node() instanceof Node.Up up ? Optional.of(up.view().height()) : Optional.empty();
    boolean none = plan.phase() == Plan.Phase.NONE;
    Optional<Window> window = window(plan);
    return new MaintenanceReport(
        phase(plan.phase()),
        plan.height().orElse(null),
        window.map(Window::start).orElse(null),
        window.map(Window::end).orElse(null),
        head.orElse(null),
        toGo(plan, head).orElse(null),
        none ? null : plan.stay() ? MaintenanceRequest.STOP : MaintenanceRequest.RESTART,
        none ? null : plannedAt(plan),
        plan.message());
  }

  private static String phase(Plan.Phase phase) {
    return switch (phase) {
      case NONE -> MaintenanceReport.NONE;
      case PLANNED -> MaintenanceReport.PLANNED;
      case STOPPING -> MaintenanceReport.STOPPING;
      case RESTARTING -> MaintenanceReport.RESTARTING;
      case DONE -> MaintenanceReport.DONE;
      case CANCELLED -> MaintenanceReport.CANCELLED;
      case FAILED -> MaintenanceReport.FAILED;
    };
  }

  private Optional<Window> window(Plan plan) {
    Choice.At last = chosen;
    boolean known = last != null && plan.height().filter(h -> h == last.height()).isPresent();
    return known ? last.window() : Optional.empty();
  }

  private static Optional<Long> toGo(Plan plan, Optional<Long> head) {
    if (!plan.active() || plan.height().isEmpty()) {
      return Optional.empty();
    }
    return plan.phase() == Plan.Phase.PLANNED
        ? head.map(now -> Math.max(0, plan.height().get() - now))
        : Optional.of(0L);
  }

  /** The same for as long as the plan is known: programs tell plans apart by it. */
  private synchronized Instant plannedAt(Plan plan) {
    if (moment == null || moment.planned() != plan.plannedAt()) {
      Instant wall = Instant.now().minusNanos(clock.getAsLong() - plan.plannedAt());
      moment = new Moment(plan.plannedAt(), wall.truncatedTo(ChronoUnit.MILLIS));
    }
    return moment.wall();
  }
}
