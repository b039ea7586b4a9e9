package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner of a volume wants of it, as it is stored beside its mesh. The mesh goes there one
 * layout at a time; on the way the volume's own configuration is that of the next layout.
 *
 * @param goal in the end; in manual mode only its topology, access and number of attachments count
 * @param hosts that may have replicas; empty: all
 * @param pool where backing volumes are to lie; empty: in the pool of the host with most space
 */
public record Wish(
    Mode mode, Configuration goal, Patience patience, Set<String> hosts, Optional<String> pool) {
  public Wish {
    hosts = Set.copyOf(hosts);
  }

  /** Whether replicas may be on this host, for all that the owner says. */
  public boolean allows(String node) {
    return hosts.isEmpty() || hosts.contains(node);
  }
}
