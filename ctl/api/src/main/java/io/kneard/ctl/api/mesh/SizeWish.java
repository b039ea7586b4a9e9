package io.kneard.ctl.api.mesh;

/**
 * How large a volume is to be.
 *
 * @param size bytes
 */
public record SizeWish(long size) {}
