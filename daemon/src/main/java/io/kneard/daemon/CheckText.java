package io.kneard.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlJson;
import java.util.Locale;
import java.util.stream.Collectors;

/** How {@code kneard-java --check} shows what it found. */
final class CheckText {
  private CheckText() {}

  /** A line each, and a second one with what to do where something is wrong. */
  static String lines(CheckReport report) {
    return report.findings().stream().map(CheckText::line).collect(Collectors.joining());
  }

  private static String line(CheckReport.Finding finding) {
    String wish = finding.wish() == null ? "" : "         -> %s%n".formatted(finding.wish());
    return "%-8s %s: %s%n%s"
        .formatted(
            finding.level().toUpperCase(Locale.ROOT), finding.subject(), finding.message(), wish);
  }

  static String json(CheckReport report) {
    try {
      return ControlJson.get().writeValueAsString(report) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + report, e);
    }
  }
}
