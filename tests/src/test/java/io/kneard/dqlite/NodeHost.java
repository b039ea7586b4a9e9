package io.kneard.dqlite;

import java.util.List;

/** A process that runs a node, as the daemon does, and says the number of the node's process. */
final class NodeHost {
  private NodeHost() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    SupervisedNode.start(
        NodeSettings.parse(List.of(arguments)),
        state -> {
          if (state instanceof NodeState.Running running) {
            System.out.println("node " + running.pid() + ".");
          }
        });
    Thread.currentThread().join();
  }
}
