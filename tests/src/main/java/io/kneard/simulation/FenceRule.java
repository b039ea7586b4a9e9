package io.kneard.simulation;

import io.kneard.neard.LeaseClock;

/**
 * What {@code kneard-fence} decides, without its processes: a twin of the script's {@code guard}
 * and {@code obey}. {@code FenceRuleTest} plays the same orders and clocks to both and compares
 * what they say. Times are milliseconds of uptime.
 */
final class FenceRule {
  static final long NONE = Long.MAX_VALUE;

  /**
   * By how much the wall clock may jump against the uptime, in all, while a deadline and the one
   * after it count.
   */
  static final long JUMP = LeaseClock.UNNOTICED_MILLIS;

  /** By how much it may stray from one look to the next without having jumped. */
  private static final long SLEW = 50;

  /** Longest time between two looks at the clocks, in nanoseconds. */
  static final long TICK = 100 * Times.MILLI;

  /** Why the fence sends SIGKILL. */
  enum Kill {
    NO,
    NOT_STOPPED_IN_TIME,
    DEADLINE_PASSED,
    CLOCK_JUMPED
  }

  private final Measures measures;
  private long deadline;
  private long killAt = NONE;
  private long lastOffset;
  private long jumped;
  private long jumpedBefore;
  private long jumpedAt;

  FenceRule(Measures measures, long deadline, long offset) {
    this.measures = measures;
    this.deadline = deadline;
    this.lastOffset = offset;
  }

  /** A look at the clocks. */
  Kill guard(long now, long offset) {
    long strayed = Math.abs(offset - lastOffset);
    lastOffset = offset;
    if (deadline == NONE && now - jumpedAt > 1000) {
      jumped = 0;
    }
    if (strayed > SLEW) {
      jumped += strayed;
      jumpedAt = now;
    }
    Kill kill = Kill.NO;
    if (now >= killAt) {
      kill = Kill.NOT_STOPPED_IN_TIME;
    } else if (deadline != NONE) {
      if (now >= deadline) {
        kill = Kill.DEADLINE_PASSED;
      } else if (jumpedBefore + jumped > JUMP && measures.fenceWatchesWallClock()) {
        kill = Kill.CLOCK_JUMPED;
      }
    }
    if (!measures.fenceActsByItself()) {
      return Kill.NO;
    }
    if (kill != Kill.NO) {
      killed();
    }
    return kill;
  }

  void deadline(long millis) {
    deadline = millis;
    jumpedBefore = jumped;
    jumped = 0;
  }

  void term(long millis) {
    killAt = millis;
  }

  void killed() {
    deadline = NONE;
    killAt = NONE;
  }

  boolean hasDeadline() {
    return deadline != NONE;
  }

  /** When the clock alone makes it act. */
  long due() {
    return Math.min(deadline, killAt);
  }
}
