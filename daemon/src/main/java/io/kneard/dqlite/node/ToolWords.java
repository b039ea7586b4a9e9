package io.kneard.dqlite.node;

import io.kneard.dqlite.OutcomeUnknown;
import io.kneard.dqlite.ToolFailed;

/**
 * How a tool ends: with a line that says {@code done}, or {@code refused WHY} and so on, and with
 * the exit status 0 or 1.
 */
final class ToolWords {
  static final int DONE = 0;
  static final int NOT_DONE = 1;

  private ToolWords() {}

  /** Arguments that are not as they have to be: nothing was looked at yet. */
  static Refusal misused(Class<?> tool, String arguments, RuntimeException why) {
    return new Refusal(
        "%s; arguments: %s %s".formatted(why.getMessage(), tool.getSimpleName(), arguments));
  }

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
