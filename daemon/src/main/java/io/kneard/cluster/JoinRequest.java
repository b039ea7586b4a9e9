package io.kneard.cluster;

import java.util.List;

/**
 * A host's wish to become a member.
 *
 * @param name the one its token was made for
 * @param secret the token's
 * @param address of its API
 * @param certificate PEM; the one the request is made with
 * @param schemaInternalVersion of the cluster's own tables
 * @param schemaExternalVersion of the other tables
 * @param extensions of the API
 * @param nodeId of its database node
 * @param failureDomain empty if it is not known
 */
record JoinRequest(
    String name,
    String secret,
    String address,
    String certificate,
    int schemaInternalVersion,
    int schemaExternalVersion,
    List<String> extensions,
    long nodeId,
    String failureDomain) {
  /** Never the secret. */
  @Override
  public String toString() {
    return "JoinRequest[name=%s, address=%s]".formatted(name, address);
  }
}
