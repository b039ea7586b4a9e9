package io.kneard.ctl.api;

/**
 * Who holds the leader lock.
 *
 * @param nodeId the holder; null if the lock is free
 * @param hostname the holder's host name; null if the lock is free
 * @param live whether the holder has confirmed that its neard uses the key
 * @param epoch how often the lock was acquired so far
 * @param self whether the holder is the host that answers
 */
public record ActiveValidator(
    String nodeId, String hostname, boolean live, long epoch, boolean self) {}
