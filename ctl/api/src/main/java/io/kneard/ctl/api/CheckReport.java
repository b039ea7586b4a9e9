package io.kneard.ctl.api;

import java.util.List;

/**
 * Whether a host is fit to run.
 *
 * @param findings everything looked at, in order
 */
public record CheckReport(List<Finding> findings) {

  /**
   * One thing looked at.
   *
   * @param level {@code ok}, {@code warning} or {@code error}
   * @param subject what was looked at, such as {@code consul} or a settings key
   * @param message what was found
   * @param wish how to mend it; null if nothing is wrong
   */
  public record Finding(String level, String subject, String message, String wish) {
    public static final String OK = "ok";
    public static final String WARNING = "warning";
    public static final String ERROR = "error";
  }

  /** Whether nothing is an error. */
  public boolean fit() {
    return findings.stream().noneMatch(f -> f.level().equals(Finding.ERROR));
  }
}
