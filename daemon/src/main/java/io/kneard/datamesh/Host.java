package io.kneard.datamesh;

/**
 * A node that may have replicas of the volume.
 *
 * @param zone empty where there are none
 * @param ready whether the node is up
 * @param agentReady whether its agent is heard of
 * @param nonVoting whether its DRBD has the disk option non-voting (the Flant build)
 */
public record Host(
    String node, String zone, boolean ready, boolean agentReady, boolean nonVoting) {}
