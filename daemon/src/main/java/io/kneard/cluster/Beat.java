package io.kneard.cluster;

import java.util.List;

/**
 * What the leader tells every member.
 *
 * @param leaderAddress of the API of who leads the database
 * @param maxSchemaInternal the highest version of the cluster's own tables that a member has
 * @param maxSchemaExternal the highest version of the other tables that a member has
 * @param clusterMembers all members: whom to trust
 */
record Beat(
    String leaderAddress,
    int maxSchemaInternal,
    int maxSchemaExternal,
    List<TrustedMember> clusterMembers) {}
