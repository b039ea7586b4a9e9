package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Volume;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wanted of a volume at this moment. Waypoint and places are to be stored together with
 * what the engine makes of it: the next plan goes on from them.
 *
 * @param waypoint the layout the mesh is on the way to: the goal, or one before it; to be stored
 * @param configuration that the engine is to hold the mesh to
 * @param places all replicas wanted, also those that are to go
 * @param leaving those that are to go, by id
 * @param founders who is to form the volume; empty while it cannot be formed
 * @param requests to the engine, in order
 * @param reasons one for each place, in the same order
 * @param why one sentence on the whole volume
 * @param again when time alone may change this; empty: only news can
 */
public record Intention(
    Configuration waypoint,
    Configuration configuration,
    List<Place> places,
    Set<Integer> leaving,
    List<Founder> founders,
    List<Request> requests,
    List<Reason> reasons,
    String why,
    Optional<Instant> again) {
  public Intention {
    places = List.copyOf(places);
    leaving = Set.copyOf(leaving);
    founders = List.copyOf(founders);
    requests = List.copyOf(requests);
    reasons = List.copyOf(reasons);
  }

  /** What the engine is to decide about. */
  public Picture picture(Scene scene) {
    Volume old = scene.volume();
    Volume volume =
        new Volume(
            old.name(),
            configuration,
            old.wantedSize(),
            old.deleting(),
            old.mesh(),
            old.transitions());
    List<Replica> replicas =
        places.stream()
            .map(place -> replica(place, scene))
            .sorted(Comparator.comparingInt(Replica::id))
            .toList();
    return new Picture(volume, replicas, hosts(scene), founders, requests, scene.intents());
  }

  private Replica replica(Place place, Scene scene) {
    return new Replica(
        place.replica(),
        place.node(),
        leaving.contains(place.replica()),
        Optional.ofNullable(scene.reports().get(place.replica())));
  }

  /** A host that has a replica stays eligible for it, whatever the owner says of new ones. */
  private Map<String, Host> hosts(Scene scene) {
    Set<String> used = new HashSet<>(places.stream().map(Place::node).toList());
    return scene.sites().stream()
        .filter(site -> scene.wish().allows(site.node()) || used.contains(site.node()))
        .collect(Collectors.toUnmodifiableMap(Site::node, Site::host));
  }
}
