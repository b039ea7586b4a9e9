package io.kneard.datamesh;

/**
 * Somebody wants to use the volume on this node.
 *
 * @param since when that was said, in milliseconds since 1970; who asked first is served first
 */
public record AttachIntent(String node, long since) {}
