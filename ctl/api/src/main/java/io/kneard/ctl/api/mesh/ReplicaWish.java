package io.kneard.ctl.api.mesh;

/**
 * What a replica is to be.
 *
 * @param type {@code D}, {@code TB}, {@code A} or {@code sD}
 * @param pool for its disk; null for the one with most room
 * @param fresh whether it must not be there yet; else it has to be
 */
public record ReplicaWish(String type, String pool, boolean fresh) {}
