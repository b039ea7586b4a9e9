package io.kneard.datamesh.control;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.control.HostFacts.PoolFacts;
import io.kneard.datamesh.control.MeshStore.Change;
import io.kneard.datamesh.intent.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided about one volume takes room before its hosts have said so: the next volume of
 * the same look is planned with what is left. Pure.
 */
final class Bookings {
  private Bookings() {}

  /** Takes the room of the change's new replicas from the hosts. */
  static void add(Map<String, HostState> hosts, Change change) {
    change
        .next()
        .ifPresent(
            next ->
                next.places().stream()
                    .filter(place -> change.before().document().on(place.node()).isEmpty())
                    .forEach(place -> take(hosts, place, next.volume().wantedSize())));
  }

  private static void take(Map<String, HostState> hosts, Place place, long size) {
    hosts.computeIfPresent(
        place.node(),
        (name, host) ->
            new HostState(
                name,
                host.wishes(),
                less(host.facts(), place.pool(), BackingSize.needed(size)),
                host.online(),
                host.lastHeard(),
                host.replicas() + 1));
  }

  private static HostFacts less(HostFacts facts, Optional<String> pool, long bytes) {
    List<PoolFacts> pools =
        facts.pools().stream()
            .map(
                one ->
                    pool.filter(one.name()::equals).isPresent()
                        ? new PoolFacts(
                            one.name(),
                            one.zeroed(),
                            Math.max(0, one.free() - bytes),
                            one.problem(),
                            one.path())
                        : one)
            .toList();
    return new HostFacts(
        facts.kernel(),
        facts.utils(),
        facts.nonVoting(),
        facts.problem(),
        facts.problemSince(),
        pools,
        facts.networks());
  }
}
