package io.kneard.datamesh;

import java.util.Optional;

/**
 * Something wanted of one replica. Requests are levels, not events: they stand until they are met,
 * and one that is met asks for nothing.
 */
public sealed interface Request {
  /** The replica it is about. */
  int replica();

  /** Become a member of this type; {@code pool} is where a backing volume is to lie. */
  record Add(int replica, MemberType type, Optional<String> pool) implements Request {
    public Add {
      needsPool(replica, type, pool);
    }
  }

  /** Stop being a member. */
  record Remove(int replica) implements Request {}

  /** Become a member of another type. */
  record ChangeType(int replica, MemberType type, Optional<String> pool) implements Request {
    public ChangeType {
      needsPool(replica, type, pool);
    }
  }

  /** The member is dead: stop regarding it as attached. */
  record ForceDetach(int replica) implements Request {}

  /** The member is dead: go on without it. */
  record ForceRemove(int replica) implements Request {}

  private static void needsPool(int replica, MemberType type, Optional<String> pool) {
    if (type.liminal()) {
      throw new IllegalArgumentException(
          "replica #%d as %s: only on the way to another type, not to be asked for"
              .formatted(replica, type.title()));
    }
    if (type.backed() && pool.isEmpty()) {
      throw new IllegalArgumentException(
          "replica #%d as %s: needs a pool for its backing volume"
              .formatted(replica, type.title()));
    }
  }
}
