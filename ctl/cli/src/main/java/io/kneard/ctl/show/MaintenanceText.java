package io.kneard.ctl.show;

import io.kneard.ctl.api.MaintenanceReport;
import java.time.Instant;

/** A planned stop in several lines. */
public final class MaintenanceText {
  private MaintenanceText() {}

  /** Only the lines that have something to say. */
  public static String of(MaintenanceReport report, Instant now, Style style) {
    Rows rows = new Rows().add("phase", phase(report, style));
    if (report.message() != null) {
      rows.add("message", Plain.line(report.message()));
    }
    if (report.phase().equals(MaintenanceReport.NONE)) {
      return rows.toString();
    }
    if (report.shutdownHeight() != null) {
      rows.add(report.ended() ? "height was" : "stops at", report.shutdownHeight() + togo(report));
    }
    if (report.windowStart() != null && report.windowEnd() != null) {
      long blocks = report.windowEnd() - report.windowStart();
      rows.add(
          "window",
          report.windowStart() + " to " + (report.windowEnd() - 1) + ", " + blocks + " blocks");
    }
    if (report.currentHeight() != null) {
      rows.add("height", Long.toString(report.currentHeight()));
    }
    if (report.then() != null) {
      rows.add("then", Plain.line(report.then()));
    }
    if (report.plannedAt() != null) {
      rows.add("planned", Times.since(report.plannedAt(), now));
    }
    return rows.toString();
  }

  private static String togo(MaintenanceReport report) {
    return report.blocksToGo() == null || report.ended()
        ? ""
        : ", " + report.blocksToGo() + " to go";
  }

  static String phase(MaintenanceReport report, Style style) {
    String phase = Plain.line(report.phase());
    return switch (report.phase()) {
      case MaintenanceReport.FAILED -> style.bad(phase);
      case MaintenanceReport.DONE -> style.good(phase);
      case MaintenanceReport.NONE, MaintenanceReport.CANCELLED -> phase;
      default -> style.warn(phase);
    };
  }
}
