package io.kneard.datamesh.control;

import io.kneard.datamesh.MemberType;
import java.util.Optional;

/**
 * A replica as it is stored: what is wanted of it. What it is in the mesh is the volume's, what it
 * says of itself is its report.
 *
 * @param id DRBD's node id, for the life of the replica
 * @param type wanted
 * @param pool where its backing volume lies or is to lie
 * @param deviceId 16 hexadecimal digits; never given to another replica
 * @param zeroed whether a new backing volume of that pool reads as zeroes
 * @param leaving whether it is to go away
 * @param dead whether somebody has said that it will not answer: it goes away without its word
 * @param forceDetach whether it is to be regarded as not attached, its host being dead
 */
public record ReplicaDocument(
    int id,
    String node,
    MemberType type,
    Optional<String> pool,
    String deviceId,
    boolean zeroed,
    boolean leaving,
    boolean dead,
    boolean forceDetach) {

  /** One that is to join. */
  public static ReplicaDocument joining(
      int id,
      String node,
      MemberType type,
      Optional<String> pool,
      String deviceId,
      boolean zeroed) {
    return new ReplicaDocument(id, node, type, pool, deviceId, zeroed, false, false, false);
  }

  /** The same, to be of this type; the pool counts only if it has none yet. */
  public ReplicaDocument as(MemberType other, Optional<String> otherPool, boolean otherZeroed) {
    boolean kept = pool.isPresent();
    return new ReplicaDocument(
        id,
        node,
        other,
        kept ? pool : otherPool,
        deviceId,
        kept ? zeroed : otherZeroed,
        leaving,
        dead,
        forceDetach);
  }

  /** The same, to go away; without its word if {@code withoutIt}. */
  public ReplicaDocument leave(boolean withoutIt) {
    return new ReplicaDocument(
        id, node, type, pool, deviceId, zeroed, true, dead || withoutIt, forceDetach);
  }

  /** The same, to be regarded as not attached, or not anymore. */
  public ReplicaDocument withForceDetach(boolean now) {
    return new ReplicaDocument(id, node, type, pool, deviceId, zeroed, leaving, dead, now);
  }
}
