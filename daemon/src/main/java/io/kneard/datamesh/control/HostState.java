package io.kneard.datamesh.control;

import java.time.Instant;
import java.util.Optional;

/**
 * All that is known of a host.
 *
 * @param online whether it has answered lately
 * @param lastHeard when it last answered; empty if it never did
 */
public record HostState(
    String name, HostWishes wishes, HostFacts facts, boolean online, Optional<Instant> lastHeard) {

  /** Whether it can have replicas at all. */
  public boolean serves() {
    return facts.problem().isEmpty();
  }
}
