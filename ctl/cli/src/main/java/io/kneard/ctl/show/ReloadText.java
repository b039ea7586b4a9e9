package io.kneard.ctl.show;

import io.kneard.ctl.api.ReloadReport;
import java.util.List;
import java.util.stream.Collectors;

/** What reading the settings again changed. */
public final class ReloadText {
  private ReloadText() {}

  /** One line for each kind of news. */
  public static String of(ReloadReport report, Style style) {
    if (!report.problems().isEmpty()) {
      return style.bad("refused")
          + ": the settings are wrong, nothing was changed\n"
          + report.problems().stream()
              .map(problem -> "  " + Plain.line(problem))
              .collect(Collectors.joining("\n"));
    }
    if (report.applied().isEmpty() && report.needRestart().isEmpty()) {
      return "nothing has changed";
    }
    Rows rows = new Rows();
    if (!report.applied().isEmpty()) {
      rows.add("in force", keys(report.applied()));
    }
    if (!report.needRestart().isEmpty()) {
      rows.add("after a restart", keys(report.needRestart()));
    }
    return rows.toString();
  }

  private static String keys(List<String> keys) {
    return keys.stream().map(Plain::line).collect(Collectors.joining(", "));
  }
}
