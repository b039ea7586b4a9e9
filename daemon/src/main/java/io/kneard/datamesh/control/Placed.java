package io.kneard.datamesh.control;

import java.util.Optional;

/**
 * A volume with a replica on one host, as that host has to know it.
 *
 * @param published the number of the last change of the volume that hosts have to know of
 * @param replica of that host
 * @param said what the host reported of it last
 */
public record Placed(
    String volume,
    VolumeDocument document,
    long published,
    ReplicaDocument replica,
    Optional<Said> said) {}
