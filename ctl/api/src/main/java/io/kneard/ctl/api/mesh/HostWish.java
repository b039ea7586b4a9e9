package io.kneard.ctl.api.mesh;

/** What is said of a host; what is null is left as it is. */
public record HostWish(String zone, Boolean drained) {}
