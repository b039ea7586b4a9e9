package io.kneard.lock;

import java.util.List;

/** The outcome of asking which hosts stand ready. */
public sealed interface Candidates {
  /**
   * Hosts with a live session that would take the lock, in other words hosts in Voting or
   * Validating that are not paused. A host that died is among them until its session expires.
   */
  record Found(List<Holder> hosts) implements Candidates {}

  /** No answer; ask again. */
  record Unreachable(String why) implements Candidates {}
}
