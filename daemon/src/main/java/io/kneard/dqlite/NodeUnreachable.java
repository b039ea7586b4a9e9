package io.kneard.dqlite;

/**
 * No node, or no leader, could be asked, or the answer did not come: the request had no effect,
 * because it was not sent or changes nothing.
 */
public final class NodeUnreachable extends DqliteException {
  private static final long serialVersionUID = 1;

  NodeUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
