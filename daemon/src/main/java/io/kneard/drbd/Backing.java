package io.kneard.drbd;

/**
 * One backing volume that this program has made for a replica.
 *
 * @param path device node
 * @param size bytes
 */
public record Backing(String path, long size) {}
