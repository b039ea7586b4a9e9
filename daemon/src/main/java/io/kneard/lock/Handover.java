package io.kneard.lock;

import java.time.Duration;

/**
 * A wish left in a released lock: for {@code lifetime} only the named host takes it. The lifetime
 * is counted by each observer from the moment it first sees the wish, on its own clock.
 *
 * @param toNodeId the host that is to take the lock
 * @param lifetime how long the others hold back
 */
public record Handover(String toNodeId, Duration lifetime) {}
