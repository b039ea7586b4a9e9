package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration that volumes share.
 *
 * @param revision goes up with every change of what follows it
 * @param hosts that may have replicas; empty: all
 * @param pool where backing volumes are to lie; empty: in the pool with most space
 * @param existing whether a change is carried to the volumes there are, or only to new ones
 * @param inFlight how many volumes change at once at most, at least 1
 */
public record VolumeClass(
    String name,
    long revision,
    Configuration configuration,
    Patience patience,
    Set<String> hosts,
    Optional<String> pool,
    boolean existing,
    int inFlight) {

  /** Volumes that change at once, where nothing else is said. */
  public static final int IN_FLIGHT = 5;

  public VolumeClass {
    hosts = Set.copyOf(hosts);
    if (inFlight < 1) {
      throw new IllegalArgumentException(
          "class %s: volumes in flight = %d: at least 1".formatted(name, inFlight));
    }
  }

  /** What it makes a volume want. */
  public Wish wish() {
    return new Wish(Mode.MANAGED, configuration, patience, hosts, pool);
  }
}
