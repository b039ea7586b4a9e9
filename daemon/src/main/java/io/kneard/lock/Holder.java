package io.kneard.lock;

/**
 * A host as it names itself in the lock.
 *
 * @param hostname for people
 * @param nodeId what tells hosts apart
 */
public record Holder(String hostname, String nodeId) {}
