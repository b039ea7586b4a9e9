package io.kneard.dqlite;

/** The node does not lead the cluster, or not any more: the request had no effect. */
public final class NotLeader extends DqliteException {
  private static final long serialVersionUID = 1;

  NotLeader(String message) {
    super(message, null);
  }
}
