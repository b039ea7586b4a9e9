package io.kneard.ctl.api.cluster;

/**
 * A backup that was made.
 *
 * @param folder where it is
 */
public record BackupReport(String folder) {}
