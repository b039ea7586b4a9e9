package io.kneard.dqlite;

/**
 * What a statement that returns no rows has done.
 *
 * @param lastInsertId the rowid of the last row this connection inserted
 * @param rowsAffected how many rows the statement changed
 */
public record Result(long lastInsertId, long rowsAffected) {}
