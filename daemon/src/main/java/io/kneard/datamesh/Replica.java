package io.kneard.datamesh;

import java.util.Optional;

/**
 * A volume's place on one node, whether it is a member of the mesh or not.
 *
 * @param id DRBD's node id, for the life of the replica
 * @param leaving whether it is to go away
 * @param report empty while the node's agent has never said anything about it
 */
public record Replica(int id, String node, boolean leaving, Optional<Report> report) {}
