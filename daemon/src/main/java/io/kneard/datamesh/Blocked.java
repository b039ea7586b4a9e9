package io.kneard.datamesh;

import java.util.Optional;

/**
 * Something that was wanted and does not begin.
 *
 * @param subject the replica it is about, where it is about one
 * @param title what it would do
 * @param by what blocks it: a guard, a hold or a rule, by its name
 * @param reason in words
 */
public record Blocked(
    TransitionKind kind, Optional<Integer> subject, String title, String by, String reason) {

  /** In words. */
  public String text() {
    return title + " is blocked: " + reason;
  }
}
