package io.kneard.datamesh.control;

/**
 * What tells a replica from every other, also on its disk.
 *
 * @param deviceId 16 hexadecimal digits, drawn when the replica was made; never given to another
 * @param zeroed whether its backing volume read as zeroes when it was new
 */
public record Disk(String deviceId, boolean zeroed) {}
