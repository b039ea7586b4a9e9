package io.kneard.ctl.show;

import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A host at a glance. */
public final class StatusText {
  private StatusText() {}

  /** Several lines. */
  public static String of(StatusReport report, Instant now, Style style) {
    Rows rows = new Rows();
    rows.add("state", state(report.state(), style))
        .add("since", Times.since(report.since(), now))
        .add("why", Plain.line(report.why()))
        .add("lock", lock(report.lock(), style))
        .add("key", key(report, style))
        .add("neard", neard(report.neard(), style))
        .add("height", height(report.neard(), style))
        .add("paused", report.paused() ? style.warn("yes") : "no")
        .add("maintenance", maintenance(report.maintenance(), style))
        .add("node", Plain.line(report.nodeId()) + ", account " + Plain.line(report.accountId()))
        .add("daemon", Plain.line(report.version()) + ", pid " + report.pid());
    if (report.database() != null) {
      rows.add("database", database(report.database(), style));
    }
    if (report.volume() != null) {
      rows.add("volume", volume(report.volume(), now, style));
    }
    return rows.toString();
  }

  private static String state(String state, Style style) {
    String text = Plain.line(state);
    return switch (state) {
      case "Validating" -> style.good(text);
      case "Voting" -> text;
      default -> style.warn(text);
    };
  }

  private static String database(String text, Style style) {
    String line = Plain.line(text);
    return line.equals("Database is online") ? line : style.warn(line);
  }

  private static String volume(StatusReport.Volume volume, Instant now, Style style) {
    String name = Plain.line(volume.name()) + ": ";
    String how = Plain.line(volume.how());
    if (volume.waitingSince() != null) {
      String since = Times.since(volume.waitingSince(), now);
      return name + style.warn("the promotion waits for it since " + since + ": " + how);
    }
    if (!volume.attached()) {
      return name + "not attached here";
    }
    return name + (volume.usable() ? how : style.bad(how));
  }

  private static String lock(StatusReport.Lock lock, Style style) {
    String store = Plain.line(lock.backend());
    String holder = holder(lock);
    if (!lock.reachable()) {
      return style.bad(store + " does not answer: " + Plain.line(lock.problem()))
          + (lock.epoch() == null ? "; " : "; last seen: ")
          + holder;
    }
    return holder + ", epoch " + lock.epoch() + " (" + store + ")";
  }

  private static String holder(StatusReport.Lock lock) {
    if (lock.held()) {
      return "held by this host";
    }
    if (lock.epoch() == null) {
      return "never seen";
    }
    if (lock.holderNodeId() == null) {
      return "free";
    }
    return "held by "
        + Plain.line(lock.holderNodeId())
        + (lock.holderHostname() == null ? "" : " on " + Plain.line(lock.holderHostname()));
  }

  private static String key(StatusReport report, Style style) {
    String key = "live".equals(report.key()) ? style.good("live") : Plain.line(report.key());
    if (report.deadlineLeftSeconds() == null) {
      return key;
    }
    return key
        + String.format(
            Locale.ROOT,
            ", signing ends in %.1f s unless the lock is renewed",
            report.deadlineLeftSeconds());
  }

  private static String neard(StatusReport.Neard neard, Style style) {
    List<String> parts = new ArrayList<>();
    if (neard.version() != null) {
      parts.add(Plain.line(neard.version()));
    }
    if (neard.pid() != null) {
      parts.add("pid " + neard.pid() + ", started as " + Plain.line(neard.role()));
    }
    parts.add("restarted " + neard.restarts() + (neard.restarts() == 1 ? " time" : " times"));
    if (!neard.reachable()) {
      String problem = Plain.line(neard.problem());
      parts.add(neard.pid() == null ? style.warn(problem) : style.bad("no answer: " + problem));
    }
    return String.join(", ", parts);
  }

  private static String height(StatusReport.Neard neard, Style style) {
    if (neard.height() == null) {
      return "unknown";
    }
    String sync =
        neard.syncing() == null ? "" : neard.syncing() ? ", " + style.warn("syncing") : ", in sync";
    return neard.height() + sync;
  }

  private static String maintenance(MaintenanceReport report, Style style) {
    if (report == null || report.phase().equals(MaintenanceReport.NONE)) {
      return "none";
    }
    return MaintenanceText.phase(report, style)
        + (report.message() == null ? "" : ": " + Plain.line(report.message()));
  }
}
