package io.kneard.cluster;

import io.kneard.database.Versions;
import java.time.Instant;
import java.util.Optional;

/**
 * A member as the database has it.
 *
 * @param number in the order of joining
 * @param address of its API
 * @param certificate PEM
 * @param heartbeat when it last answered one
 * @param role {@code voter}, {@code stand-by}, {@code spare} or {@link #PENDING}
 * @param nodeId of its database node
 * @param nodeAddress of its database node
 * @param domain what it shares its fate with, such as a rack; empty if that is not known
 */
public record MemberRow(
    long number,
    String name,
    String address,
    String certificate,
    Versions versions,
    Optional<Instant> heartbeat,
    String role,
    long nodeId,
    String nodeAddress,
    String domain) {
  /** The role of a member that no heartbeat has seen in the database's cluster yet. */
  public static final String PENDING = "PENDING";

  /** Whether no heartbeat has seen it yet. */
  public boolean pending() {
    return role.equals(PENDING);
  }

  /** What others need to trust it. */
  public TrustedMember trusted() {
    return new TrustedMember(name, address, certificate);
  }
}
