package io.kneard.simulation;

import java.util.Arrays;
import java.util.stream.Stream;

/** The hosts as members of the cluster: whose node runs, who votes, and who hears whom. */
final class Members {
  private static final int VOTERS = 3;

  private final World world;

  Members(World world) {
    this.world = world;
  }

  /** Three vote; of two hosts the first one alone. */
  Stream<Host> voters() {
    return Arrays.stream(world.hosts, 0, world.hosts.length < VOTERS ? 1 : VOTERS);
  }

  /** Whether a host's node runs: it ends with its daemon. */
  static boolean runs(Host host) {
    return host.daemon != null
        && !host.daemon.dead()
        && !host.suspended()
        && !host.has(FaultKind.AGENT_DOWN)
        && !host.has(FaultKind.POWER_LOST);
  }

  /** Whether two hosts hear each other. */
  boolean joined(Host one, Host other) {
    return runs(one) && runs(other) && passes(one, other) && passes(other, one);
  }

  /** Whether what a host sends arrives at another one. */
  boolean passes(Host from, Host to) {
    return from == to
        || !(from.has(FaultKind.CUT_UP)
            || from.has(FaultKind.CUT_BOTH)
            || to.has(FaultKind.CUT_DOWN)
            || to.has(FaultKind.CUT_BOTH)
            || from.isCutFrom(to)
            || from.suspended()
            || to.suspended());
  }

  /** Whether a host can commit. */
  boolean hasMajority(Host leader) {
    long all = voters().count();
    return runs(leader) && 2 * voters().filter(voter -> joined(leader, voter)).count() > all;
  }

  /** Whether what it has not committed may get into another voter's log. */
  boolean sendsToSomebody(Host leader) {
    return voters().anyMatch(voter -> voter != leader && runs(voter) && passes(leader, voter));
  }
}
