package io.kneard.datamesh.intent;

import java.time.Duration;

/**
 * How long things may stay as they are before the planner acts.
 *
 * @param replaceAfter a host has to be gone for so long before its replica is replaced
 * @param localAfter with volumeAccess EventuallyLocal: a volume has to be used for so long on a
 *     host without its data before the data moves there
 */
public record Patience(Duration replaceAfter, Duration localAfter) {
  /** Half an hour for a host that restarts; five minutes for a user who may move on. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofMinutes(30), Duration.ofMinutes(5));

  public Patience {
    notNegative("replace after", replaceAfter);
    notNegative("local after", localAfter);
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s = %s: has to be 0 or more".formatted(name, value));
    }
  }
}
