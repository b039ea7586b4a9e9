package io.kneard.cluster;

import io.kneard.dqlite.NodeState;
import io.kneard.testbed.Signals;

/** What no daemon does by itself. */
public final class Crash {
  private Crash() {}

  /** The database's process dies; it is started again as after any crash. */
  public static void database(ClusterService service) {
    NodeState state = service.running().orElseThrow().member.node.state();
    if (state instanceof NodeState.Running running) {
      Signals.send("KILL", running.pid());
    }
  }
}
