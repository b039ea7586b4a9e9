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

  /** Each of these changes, in every order. */
  void orders(List<Case> cases) {
    for (Case each : cases) {
      if (enough()) {
        return;
      }
      try {
        Exploration exploration = new Exploration(each.failures(), false, each.troubles());
        exploration.from(each.world(), stopAtFirst);
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
}
