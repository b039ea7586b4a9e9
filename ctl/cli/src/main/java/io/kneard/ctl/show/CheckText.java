package io.kneard.ctl.show;

import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.CheckReport.Finding;

/** What was looked at, a line each, and below it how to mend what is wrong. */
public final class CheckText {
  private CheckText() {}

  /** Several lines, the last one with the verdict. */
  public static String of(CheckReport report, Style style) {
    int width = report.findings().stream().mapToInt(f -> subject(f).length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(level(finding, style))
          .append(subject(finding))
          .append(" ".repeat(width - subject(finding).length() + 2))
          .append(Plain.line(finding.message()))
          .append('\n');
      if (finding.wish() != null) {
        text.append(" ".repeat(LEVEL_WIDTH + width + 2))
            .append("-> ")
            .append(Plain.line(finding.wish()))
            .append('\n');
      }
    }
    return text.append(verdict(report, style)).append('\n').toString();
  }

  private static final int LEVEL_WIDTH = 9;

  private static String subject(Finding finding) {
    return Plain.line(finding.subject());
  }

  private static String level(Finding finding, Style style) {
    String level = Plain.line(finding.level());
    String padding = " ".repeat(Math.max(1, LEVEL_WIDTH - level.length()));
    return switch (finding.level()) {
          case Finding.OK -> style.good(level);
          case Finding.WARNING -> style.warn(level);
          default -> style.bad(level);
        }
        + padding;
  }

  private static String verdict(CheckReport report, Style style) {
    long errors = count(report, Finding.ERROR);
    long warnings = count(report, Finding.WARNING);
    String counts =
        errors
            + (errors == 1 ? " error, " : " errors, ")
            + warnings
            + (warnings == 1 ? " warning" : " warnings");
    return report.fit() ? style.good("fit") + ": " + counts : style.bad("not fit") + ": " + counts;
  }

  private static long count(CheckReport report, String level) {
    return report.findings().stream().filter(f -> f.level().equals(level)).count();
  }
}
