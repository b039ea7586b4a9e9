package io.kneard.simulation;

import java.util.List;

/**
 * What is played: everything else follows from it.
 *
 * @param seed of everything left to chance
 * @param faults what goes wrong; drawn from the seed too, or fewer when a schedule was shrunk
 */
record Schedule(long seed, Config config, List<Fault> faults) {
  Schedule {
    faults = List.copyOf(faults);
  }

  static Schedule of(long seed, Focus focus) {
    return new Schedule(seed, focus.config(), FaultPlan.draw(seed, focus));
  }
}
