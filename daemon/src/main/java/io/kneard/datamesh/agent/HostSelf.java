package io.kneard.datamesh.agent;

/**
 * Who this host is in the cluster.
 *
 * @param ip of its address there
 */
public record HostSelf(String name, String ip) {}
