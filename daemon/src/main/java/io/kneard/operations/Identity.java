package io.kneard.operations;

/**
 * Who this daemon is.
 *
 * @param nodeId this host's name in the lock
 * @param accountId the validator's account
 * @param version the daemon's
 * @param pid the daemon's
 * @param backend of the lock: {@code consul} or {@code embedded}
 */
public record Identity(String nodeId, String accountId, String version, long pid, String backend) {}
