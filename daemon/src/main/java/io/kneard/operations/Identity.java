package io.kneard.operations;

import java.util.Optional;

/**
 * Who this daemon is.
 *
 * @param nodeId this host's name in the lock
 * @param accountId the validator's account
 * @param version the daemon's
 * @param pid the daemon's
 * @param backend of the lock: {@code consul} or {@code embedded}
 * @param volume the volume that goes with the validator; empty if there is none
 */
public record Identity(
    String nodeId,
    String accountId,
    String version,
    long pid,
    String backend,
    Optional<String> volume) {}
