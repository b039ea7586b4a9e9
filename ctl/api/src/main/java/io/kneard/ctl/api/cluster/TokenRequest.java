package io.kneard.ctl.api.cluster;

/**
 * A wish for a token.
 *
 * @param name of the member that is to join with it
 * @param expireAfter in nanoseconds; null or 0 for three hours
 */
public record TokenRequest(String name, Long expireAfter) {}
