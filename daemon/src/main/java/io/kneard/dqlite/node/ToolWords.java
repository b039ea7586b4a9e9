package io.kneard.dqlite.node;

import io.kneard.dqlite.OutcomeUnknown;
import io.kneard.dqlite.ToolFailed;

/** The line a tool ends with if it fails: {@code refused WHY} and so on. */
final class ToolWords {
  private ToolWords() {}

  static String failure(Throwable e) {
    return kind(e).word() + " " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  private static ToolFailed.Kind kind(Throwable e) {
    if (e instanceof Refusal) {
      return ToolFailed.Kind.REFUSED;
    } else if (e instanceof UnsatisfiedLinkError) {
      return ToolFailed.Kind.MISSING;
    } else if (e instanceof OutcomeUnknown) {
      return ToolFailed.Kind.UNKNOWN;
    }
    return ToolFailed.Kind.FAILED;
  }
}
