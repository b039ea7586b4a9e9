package io.kneard.datamesh.intent;

import io.kneard.datamesh.MemberType;
import java.util.Optional;

/**
 * A replica as it is wanted: a level that stays until it is met, stored with the volume. The place
 * is given up when the engine orders to forget the replica.
 *
 * @param replica DRBD's node id; no other replica gets it before the place is given up
 * @param type wanted; a liminal one is never wanted
 * @param pool for its backing volume; present for the types that have one, kept for the others
 * @param origin who gave it this type
 * @param exit whether an administrator wants it gone
 * @param why it is here, in words
 */
public record Place(
    int replica,
    String node,
    MemberType type,
    Optional<String> pool,
    Origin origin,
    Exit exit,
    String why) {

  public Place {
    if (type.liminal()) {
      throw new IllegalArgumentException(
          "replica #%d on %s as %s: only on the way to another type, not to be asked for"
              .formatted(replica, node, type.title()));
    }
    if (type.backed() && pool.isEmpty()) {
      throw new IllegalArgumentException(
          "replica #%d on %s as %s: needs a pool for its backing volume"
              .formatted(replica, node, type.title()));
    }
  }

  /** The same replica as another type; its pool is kept if it has one. */
  public Place as(MemberType other, Optional<String> otherPool, String reason) {
    return new Place(
        replica, node, other, pool.isPresent() ? pool : otherPool, origin, exit, reason);
  }

  /** The same replica, as somebody else wants it. */
  public Place by(Origin other) {
    return new Place(replica, node, type, pool, other, exit, why);
  }

  /** The same replica, to be gone or not. */
  public Place with(Exit other) {
    return new Place(replica, node, type, pool, origin, other, why);
  }

  /** Whether an administrator wants it gone. */
  public boolean deleted() {
    return exit != Exit.STAYS;
  }
}
