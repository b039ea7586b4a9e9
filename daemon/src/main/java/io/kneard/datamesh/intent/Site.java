package io.kneard.datamesh.intent;

import io.kneard.datamesh.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A host of the cluster as a place for replicas.
 *
 * @param zone empty where there are none
 * @param drained whether its replicas are to leave
 * @param goneSince since when nothing is heard of its agent; empty: it is there
 * @param nonVoting whether its DRBD has the disk option non-voting (the Flant build)
 * @param pools free bytes of each pool for backing volumes, by name
 * @param replicas of any volume it has already
 */
public record Site(
    String node,
    String zone,
    boolean drained,
    Optional<Instant> goneSince,
    boolean nonVoting,
    Map<String, Long> pools,
    int replicas) {
  public Site {
    pools = Map.copyOf(pools);
  }

  /** Whether it is there. */
  public boolean up() {
    return goneSince.isEmpty();
  }

  /** Whether it has been gone for so long at this moment. */
  public boolean gone(Duration atLeast, Instant now) {
    return goneSince.filter(since -> !since.plus(atLeast).isAfter(now)).isPresent();
  }

  /** The same host, as the engine knows it. */
  public Host host() {
    return new Host(node, zone, up(), up(), nonVoting);
  }

  /** The pool for so many bytes, this one if it is given; empty if there is no room. */
  Optional<String> poolFor(long bytes, Optional<String> wanted) {
    return pools.entrySet().stream()
        .filter(pool -> wanted.isEmpty() || wanted.get().equals(pool.getKey()))
        .filter(pool -> pool.getValue() >= bytes)
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  /** Bytes free in the pool with most of them. */
  long free() {
    return pools.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
