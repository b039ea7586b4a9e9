package io.kneard.mesh;

import java.util.ArrayList;
import java.util.List;

/** The whole search: every order for small meshes, and walks at random for large ones. */
public final class MeshSearch {
  private final List<String> violations = new ArrayList<>();
  private final boolean stopAtFirst;
  private long states;
  private long transitions;

  /**
   * @param stopAtFirst whether one violation is enough
   */
  public MeshSearch(boolean stopAtFirst) {
    this.stopAtFirst = stopAtFirst;
  }

  /** Every change of meshes of up to so many members, in every order. */
  public void exhaustive(int members) {
    for (Case each : Case.all(members)) {
      if (enough()) {
        return;
      }
      try {
        Exploration exploration = new Exploration(each.failures(), false);
        exploration.from(each.world());
        states += exploration.states();
        transitions += exploration.moves();
        exploration.violations().forEach(one -> violations.add(each + ": " + one));
      } catch (IllegalStateException | IllegalArgumentException e) {
        violations.add(each + ": " + e.getMessage());
      }
    }
  }

  /** So many walks. */
  public void random(int walks, long seed) {
    for (int i = 0; i < walks && !enough(); i++) {
      try {
        int moves = new Walk(seed + i).run(violations);
        states += moves;
        transitions += moves;
      } catch (IllegalStateException | IllegalArgumentException e) {
        violations.add("walk %d: %s".formatted(seed + i, e.getMessage()));
      }
    }
  }

  private boolean enough() {
    return stopAtFirst && !violations.isEmpty();
  }

  public List<String> violations() {
    return violations;
  }

  public long states() {
    return states;
  }

  public long transitions() {
    return transitions;
  }

  /** For a mutant of the engine: whether it is found out. Called by name from outside. */
  public static String firstViolation(int members, int walks) {
    MeshSearch search = new MeshSearch(true);
    search.exhaustive(members);
    search.random(walks, 1);
    return search.violations().isEmpty() ? "" : search.violations().get(0);
  }
}
