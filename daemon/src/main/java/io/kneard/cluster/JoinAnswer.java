package io.kneard.cluster;

import java.util.List;

/**
 * What a new member gets.
 *
 * @param clusterCert PEM
 * @param clusterKey PEM
 * @param trustedMembers all members, itself among them
 */
record JoinAnswer(String clusterCert, String clusterKey, List<TrustedMember> trustedMembers) {
  /** Never the key. */
  @Override
  public String toString() {
    return "JoinAnswer[clusterKey=***]";
  }
}
