package io.kneard.datamesh.control;

import io.kneard.datamesh.control.HostFacts.PoolFacts;
import io.kneard.datamesh.intent.Site;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known of a host.
 *
 * @param online whether it has answered lately
 * @param lastHeard when it last answered; empty if it never did
 * @param replicas of all volumes that it has
 */
public record HostState(
    String name,
    HostWishes wishes,
    HostFacts facts,
    boolean online,
    Optional<Instant> lastHeard,
    int replicas) {

  /** Whether it can have replicas at all. */
  public boolean serves() {
    return facts.problem().isEmpty();
  }

  /** The pool of this name, if something can be made in it. */
  public Optional<PoolFacts> pool(String pool) {
    return facts.pool(pool).filter(one -> one.problem().isEmpty());
  }

  /**
   * The host as the planner knows it.
   *
   * @param floor a host that is not there counts as gone since then at the earliest: who decides
   *     goes by what it has seen itself, and not by a clock of another host
   */
  public Site site(Instant now, Instant floor) {
    Map<String, Long> free = new TreeMap<>();
    if (serves()) {
      facts.pools().stream()
          .filter(pool -> pool.problem().isEmpty())
          .forEach(pool -> free.put(pool.name(), pool.free()));
    }
    return new Site(
        name,
        wishes.zone(),
        wishes.drained(),
        goneSince(now, floor),
        facts.nonVoting(),
        free,
        replicas);
  }

  private Optional<Instant> goneSince(Instant now, Instant floor) {
    if (online && serves()) {
      return Optional.empty();
    }
    Instant since = online ? Instant.ofEpochMilli(facts.problemSince()) : lastHeard.orElse(now);
    Instant bounded = since.isBefore(floor) ? floor : since;
    return Optional.of(bounded.isAfter(now) ? now : bounded);
  }
}
