/**
 * The cluster that the daemons of all hosts form: who is a member, who trusts whom, and how the
 * database comes and stays online (docs/cluster.md).
 *
 * <p>{@link io.kneard.cluster.ClusterService} is what the daemon sees of it, {@link
 * io.kneard.cluster.CoreHandler} its API. Decided without any effect are {@code MemberListing},
 * {@code RolePlan} and {@code RemovalRules}.
 */
package io.kneard.cluster;
