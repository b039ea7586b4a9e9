package io.kneard.ctl.api.cluster;

import java.util.List;

/**
 * A member in {@code GET /core/1.0/cluster}.
 *
 * @param name empty for a database node that nobody knows
 * @param address of its API
 * @param certificate PEM; empty if there is none
 * @param role {@code voter}, {@code stand-by}, {@code spare} or {@code PENDING}
 * @param schemaInternalVersion of the cluster's own tables
 * @param schemaExternalVersion of the other tables
 * @param lastHeartbeat ISO 8601; empty if there was none
 * @param status one of the six of the specification, such as {@code ONLINE}
 * @param extensions of the API
 */
public record ClusterMember(
    String name,
    String address,
    String certificate,
    String role,
    int schemaInternalVersion,
    int schemaExternalVersion,
    String lastHeartbeat,
    String status,
    List<String> extensions) {}
