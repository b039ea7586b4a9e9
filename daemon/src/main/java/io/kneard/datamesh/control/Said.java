package io.kneard.datamesh.control;

import io.kneard.datamesh.Report;

/**
 * A replica's report as it is stored.
 *
 * @param gone whether the host was told that nothing of the replica is to remain, and nothing does;
 *     a report of revision 0 alone may be older than that
 */
public record Said(Report report, boolean gone) {}
