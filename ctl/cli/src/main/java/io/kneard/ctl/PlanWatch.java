package io.kneard.ctl;

import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.api.MaintenanceReport;
import java.util.Objects;

/** Judges what is seen of one plan while it is carried out. Asks nothing, waits for nothing. */
final class PlanWatch {
  /** What to make of it. */
  sealed interface Verdict {
    /** Not over yet; the line says where it stands. */
    record GoOn(String line) implements Verdict {}

    /** Over. */
    record Ended(ExitCode code, String message) implements Verdict {}
  }

  private final MaintenanceReport planned;
  private final boolean thenStop;
  private boolean stoppingSeen;

  /**
   * @param planned what the daemon answered to the request
   * @param thenStop whether the daemon was asked to end afterwards
   */
  PlanWatch(MaintenanceReport planned, boolean thenStop) {
    this.planned = planned;
    this.thenStop = thenStop;
  }

  /** The daemon answered. */
  Verdict seen(MaintenanceReport now) {
    if (now.phase().equals(MaintenanceReport.NONE)) {
      return new Verdict.Ended(
          ExitCode.FAILED,
          "The daemon knows of no plan any more: it was started anew in the meantime."
              + " See 'kneardctl status'.");
    }
    if (!Objects.equals(planned.plannedAt(), now.plannedAt())) {
      return new Verdict.Ended(
          ExitCode.FAILED,
          "Another plan took the place of this one. See 'kneardctl maintenance-status'.");
    }
    stoppingSeen |= now.phase().equals(MaintenanceReport.STOPPING);
    return switch (now.phase()) {
      case MaintenanceReport.PLANNED -> new Verdict.GoOn(distance(now));
      case MaintenanceReport.STOPPING -> new Verdict.GoOn("neard is stopping");
      case MaintenanceReport.RESTARTING -> new Verdict.GoOn("neard is starting again");
      case MaintenanceReport.DONE -> new Verdict.Ended(ExitCode.OK, message(now, "Done."));
      case MaintenanceReport.CANCELLED ->
          new Verdict.Ended(ExitCode.FAILED, message(now, "The plan was cancelled."));
      default -> new Verdict.Ended(ExitCode.FAILED, message(now, "It failed: " + now.phase()));
    };
  }

  /** The daemon is not there. */
  Verdict gone(DaemonUnreachable why) {
    if (!thenStop) {
      return new Verdict.Ended(
          ExitCode.of(why), "The daemon went away before the plan had ended. " + why.getMessage());
    }
    if (stoppingSeen) {
      return new Verdict.Ended(ExitCode.OK, "neard is stopped and the daemon has ended.");
    }
    return new Verdict.Ended(
        ExitCode.of(why),
        "The daemon went away before neard was seen to stop; look at its log before you go on. "
            + why.getMessage());
  }

  private static String distance(MaintenanceReport now) {
    if (now.blocksToGo() == null) {
      return "planned";
    }
    return now.blocksToGo()
        + (now.blocksToGo() == 1 ? " block to go" : " blocks to go")
        + (now.currentHeight() == null ? "" : ", height " + now.currentHeight())
        + (now.shutdownHeight() == null ? "" : ", neard stops at " + now.shutdownHeight());
  }

  private static String message(MaintenanceReport now, String otherwise) {
    return now.message() == null ? otherwise : now.message();
  }
}
