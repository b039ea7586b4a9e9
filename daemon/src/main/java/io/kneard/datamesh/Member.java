package io.kneard.datamesh;

import java.util.List;
import java.util.Optional;

/**
 * One member of the mesh as it is published to all hosts.
 *
 * @param id DRBD's node id, {@value #MIN_ID}..{@value #MAX_ID}, given out for the life of a replica
 * @param zone of the node; empty where there are none
 * @param attached whether the volume may be used on this node
 * @param pool where the backing volume lies; present exactly for the types that have one
 */
public record Member(
    int id,
    String node,
    String zone,
    MemberType type,
    List<Address> addresses,
    boolean attached,
    Optional<String> pool) {

  /** Smallest node id. */
  public static final int MIN_ID = 0;

  /** Largest node id: the metadata has room for seven peers, so a mesh has eight members. */
  public static final int MAX_ID = 7;

  public Member {
    if (id < MIN_ID || id > MAX_ID) {
      throw new IllegalArgumentException(
          "member id %d on %s: has to be in %d..%d".formatted(id, node, MIN_ID, MAX_ID));
    }
    if (type.backed() != pool.isPresent()) {
      throw new IllegalArgumentException(
          "member #%d on %s: type %s %s"
              .formatted(
                  id,
                  node,
                  type.title(),
                  type.backed() ? "needs a pool for its backing volume" : "has no backing volume"));
    }
    addresses = List.copyOf(addresses);
  }

  /** The same member as another type; {@code pool} counts only where the new type needs one. */
  public Member as(MemberType other, Optional<String> otherPool) {
    Optional<String> kept = pool.isPresent() ? pool : otherPool;
    return new Member(
        id, node, zone, other, addresses, attached, other.backed() ? kept : Optional.empty());
  }

  /** The same member, attached or not. */
  public Member withAttached(boolean now) {
    return new Member(id, node, zone, type, addresses, now, pool);
  }

  /** The same member under other addresses. */
  public Member withAddresses(List<Address> now) {
    return new Member(id, node, zone, type, now, attached, pool);
  }
}
