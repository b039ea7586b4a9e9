package io.kneard.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When a schema update may run: once everybody has the program for it. */
public final class UpgradeRule {
  /** What a member is told that is older than another one. */
  public static final String BEHIND = "This node's version is behind, please upgrade";

  private UpgradeRule() {}

  /** What is to be done. */
  public sealed interface Verdict {
    /** All have the same: the update may run. */
    record Go() implements Verdict {}

    /** The named members do not have the update yet. */
    record Wait(List<String> behind) implements Verdict {}

    /** This member must not go on. */
    record Refuse(String why) implements Verdict {}
  }

  /**
   * Decides.
   *
   * @param own what this member has
   * @param others what each other one has, by name; without those that are still pending
   */
  public static Verdict decide(Versions own, Map<String, Versions> others) {
    Map<String, Versions> sorted = new TreeMap<>(others);
    if (sorted.values().stream().anyMatch(own::isBehind)) {
      return new Verdict.Refuse(BEHIND);
    }
    for (Map.Entry<String, Versions> other : sorted.entrySet()) {
      if (own.contradicts(other.getValue())) {
        return new Verdict.Refuse(
            "this node has other API extensions than %s: the same build is wanted on both"
                .formatted(other.getKey()));
      }
    }
    List<String> behind =
        sorted.entrySet().stream()
            .filter(other -> other.getValue().isBehind(own))
            .map(Map.Entry::getKey)
            .toList();
    return behind.isEmpty() ? new Verdict.Go() : new Verdict.Wait(behind);
  }
}
