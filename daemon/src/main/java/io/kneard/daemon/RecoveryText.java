package io.kneard.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.cluster.RecoveryReport;

/** What a recovery does, for who runs the daemon's program by hand, and for kneardctl. */
final class RecoveryText {
  private RecoveryText() {}

  static String json(RecoveryReport report) {
    try {
      return ControlJson.get().writeValueAsString(report) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report as JSON", e);
    }
  }

  static String lines(RecoveryReport report) {
    return report.text() + System.lineSeparator();
  }
}
