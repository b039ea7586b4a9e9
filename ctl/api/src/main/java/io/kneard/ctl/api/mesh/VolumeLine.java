package io.kneard.ctl.api.mesh;

/**
 * A volume in one line.
 *
 * @param layout like {@code 3D}
 * @param replicas like {@code a:D b:D c:D}
 * @param usedOn hosts on which it is attached, with commas between; empty: none
 * @param settled whether everything is as it is wanted
 * @param state what there is to say, in one sentence
 */
public record VolumeLine(
    String name,
    long size,
    boolean manual,
    String layout,
    String replicas,
    String usedOn,
    boolean settled,
    String state) {}
