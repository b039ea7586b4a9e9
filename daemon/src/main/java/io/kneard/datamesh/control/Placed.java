package io.kneard.datamesh.control;

import io.kneard.datamesh.intent.Place;
import java.util.Optional;

/**
 * A volume with a replica on one host, as that host has to know it.
 *
 * @param published the number of the last change of the volume that hosts have to know of
 * @param place of that host's replica
 * @param said what the host reported of it last
 */
public record Placed(
    String volume, VolumeDocument document, long published, Place place, Optional<Said> said) {}
