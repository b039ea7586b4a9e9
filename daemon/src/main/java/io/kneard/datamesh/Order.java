package io.kneard.datamesh;

/**
 * What is to be done outside of the decision. All are levels, repeated until they are met: they may
 * be lost or carried out twice.
 */
public sealed interface Order {
  /** The replica it is about. */
  int replica();

  /** The node's agent has to bring the replica to this revision, and to report it. */
  record Apply(int replica, String node, long revision) implements Order {}

  /** The node's agent has to take the replica down, and to report revision 0. */
  record Leave(int replica, String node) implements Order {}

  /** The replica is known to nobody anymore: its place and its id may be given to another. */
  record Forget(int replica) implements Order {}
}
