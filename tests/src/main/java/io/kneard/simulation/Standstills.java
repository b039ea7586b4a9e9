package io.kneard.simulation;

/**
 * For the checker: when a host's uptime stood still, which nobody on the host can see before its
 * wall clock is set. Times are nanoseconds.
 *
 * <p>What the reserve of the lock's timing pays for, alone or together with others that count at
 * the same time, is no excuse.
 */
final class Standstills {
  private static final long PAID_FOR = FenceRule.JUMP * Times.MILLI;

  private long small;
  private long smallUnseenUntil;
  private long smallMatterUntil;
  private long unseenUntil;
  private long mattersUntil;

  /**
   * One more.
   *
   * @param lost for how long
   * @param seenAt when the wall clock tells of it
   * @param leaseOver when no lease from before it is left
   */
  void add(long now, long lost, long seenAt, long leaseOver) {
    long unseen = seenAt + Checker.REACTION;
    if (lost > PAID_FOR) {
      matters(unseen, leaseOver);
      return;
    }
    if (now >= smallMatterUntil) {
      small = 0;
      smallUnseenUntil = 0;
    }
    small += lost;
    smallMatterUntil = leaseOver;
    smallUnseenUntil = Math.max(smallUnseenUntil, unseen);
    if (small > PAID_FOR) {
      matters(smallUnseenUntil, leaseOver);
    }
  }

  private void matters(long unseen, long leaseOver) {
    unseenUntil = Math.max(unseenUntil, unseen);
    mattersUntil = leaseOver;
  }

  /** Until when the uptime may be behind without anybody being able to see it, or to have acted. */
  long unseenUntil() {
    return unseenUntil;
  }

  /**
   * Whether the host may still trust a lease that is over.
   *
   * @param fenceHasLooked whether its fence could look at the clocks, and act
   */
  boolean excuse(long now, boolean fenceHasLooked) {
    return now < unseenUntil || (now < mattersUntil && !fenceHasLooked);
  }
}
