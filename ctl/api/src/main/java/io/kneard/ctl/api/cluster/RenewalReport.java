package io.kneard.ctl.api.cluster;

/**
 * A certificate that was renewed.
 *
 * @param notAfter until when it is valid, ISO 8601
 */
public record RenewalReport(String notAfter) {}
