package io.kneard.datamesh.plan;

import io.kneard.datamesh.Layout;

/**
 * How many UpToDate copies a write needs (qmr), and when that may be raised.
 *
 * <p>Raising it while some of the copies are still syncing would let the next failure freeze I/O,
 * which the layout promises to survive. So there have to be as many UpToDate copies as the new
 * value and the failures to tolerate together.
 */
public final class Redundancy {
  private Redundancy() {}

  /** What the configuration asks for. */
  public static int target(Situation s) {
    return Layout.copies(s.configuration().fttBdl());
  }

  /** What is right at this moment: lowered at once, raised as far as there are copies. */
  public static int wanted(Situation s) {
    int now = s.mesh().qmr();
    return now > target(s) ? target(s) : Math.max(now, Math.min(target(s), affordable(s)));
  }

  private static int affordable(Situation s) {
    return s.facts().upToDateVoters().size() - s.configuration().fttBua();
  }

  /** One more, up to what the configuration asks for. */
  static int oneUp(Situation s) {
    return Math.max(s.mesh().qmr(), Math.min(s.mesh().qmr() + 1, target(s)));
  }

  /** One less, down to what the configuration asks for. */
  static int oneDown(Situation s) {
    return Math.min(s.mesh().qmr(), Math.max(s.mesh().qmr() - 1, target(s)));
  }

  /** Whether there are enough UpToDate copies for one more to be needed. */
  static boolean mayGoOneUp(Situation s) {
    return oneUp(s) <= Math.max(s.mesh().qmr(), affordable(s));
  }

  /** How many UpToDate voters one more takes. */
  static int neededForOneUp(Situation s) {
    return oneUp(s) + s.configuration().fttBua();
  }
}
