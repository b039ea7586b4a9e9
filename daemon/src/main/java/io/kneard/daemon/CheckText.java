package io.kneard.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.CheckReport.Finding;
import io.kneard.ctl.api.ControlJson;

/** How {@code kneard-java --check} shows what it found: as {@code kneardctl check} does. */
final class CheckText {
  private static final int LEVEL_WIDTH = 9;

  private CheckText() {}

  /** A line each, a second one with what to do where something is wrong, and the verdict. */
  static String lines(CheckReport report) {
    int width = report.findings().stream().mapToInt(f -> f.subject().length()).max().orElse(0) + 2;
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(padded(finding.level(), LEVEL_WIDTH))
          .append(padded(finding.subject(), width))
          .append(finding.message())
          .append('\n');
      if (finding.wish() != null) {
        text.append(" ".repeat(LEVEL_WIDTH + width)).append("-> ").append(finding.wish());
        text.append('\n');
      }
    }
    return text.append(report.fit() ? "fit" : "not fit").append('\n').toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  static String json(CheckReport report) {
    try {
      return ControlJson.get().writeValueAsString(report) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + report, e);
    }
  }
}
