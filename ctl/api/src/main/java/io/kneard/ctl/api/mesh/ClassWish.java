package io.kneard.ctl.api.mesh;

/**
 * What is wanted of a class of volumes; what is null is left as it is, or to what is usual.
 *
 * @param name only of a new one
 * @param volumes what its volumes are to be like; name, size, manual and replicas stay null
 * @param existing whether a change is carried to the volumes there are, or only to new ones
 * @param inFlight how many of them change at once at most
 */
public record ClassWish(String name, VolumeWish volumes, Boolean existing, Integer inFlight) {}
