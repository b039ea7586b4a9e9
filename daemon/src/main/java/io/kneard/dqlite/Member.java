package io.kneard.dqlite;

/**
 * A node as a member of the cluster.
 *
 * @param id its number, see {@link NodeSettings}; a number of 64 bits without sign
 * @param address how the others reach it, {@code host:port}
 */
public record Member(long id, String address, Role role) {}
