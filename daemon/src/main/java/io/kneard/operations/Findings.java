package io.kneard.operations;

import io.kneard.ctl.api.CheckReport.Finding;

/** Makes findings. */
final class Findings {
  private Findings() {}

  static Finding ok(String subject, String message) {
    return new Finding(Finding.OK, subject, message, null);
  }

  static Finding warning(String subject, String message, String wish) {
    return new Finding(Finding.WARNING, subject, message, wish);
  }

  static Finding error(String subject, String message, String wish) {
    return new Finding(Finding.ERROR, subject, message, wish);
  }
}
