package io.kneard.ctl.api.cluster;

/**
 * A token that waits to be used. The token itself is shown once, when it is made.
 *
 * @param name of the member that is to join with it
 * @param expiresAt ISO 8601
 */
public record TokenRecord(String name, String expiresAt) {}
