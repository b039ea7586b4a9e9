package io.kneard.simulation;

import java.util.ArrayList;
import java.util.List;

/** Takes faults away from a schedule for as long as it still breaks the same property. */
final class Shrink {
  private Shrink() {}

  static Schedule of(Schedule failed, Measures measures) {
    Property property = World.play(failed, measures, null).violated();
    Schedule best = failed;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = best.faults().size() - 1; i >= 0; i--) {
        List<Fault> fewer = new ArrayList<>(best.faults());
        fewer.remove(i);
        Schedule next = new Schedule(failed.seed(), failed.config(), fewer);
        if (World.play(next, measures, null).violated() == property) {
          best = next;
          smaller = true;
        }
      }
    }
    return best;
  }
}
