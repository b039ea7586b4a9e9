package io.kneard.datamesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a decision about one volume depends on, read at one moment.
 *
 * @param replicas in order of their ids
 * @param hosts the nodes that may have replicas of this volume, by name
 * @param founders who is to form the volume; counts until it is formed
 * @param requests in the order they were made
 */
public record Picture(
    Volume volume,
    List<Replica> replicas,
    Map<String, Host> hosts,
    List<Founder> founders,
    List<Request> requests,
    List<AttachIntent> intents) {

  public Picture {
    replicas = List.copyOf(replicas);
    hosts = Map.copyOf(hosts);
    founders = List.copyOf(founders);
    requests = List.copyOf(requests);
    intents = List.copyOf(intents);
  }

  /** The replica with this id. */
  public Optional<Replica> replica(int id) {
    for (Replica replica : replicas) {
      if (replica.id() == id) {
        return Optional.of(replica);
      }
    }
    return Optional.empty();
  }

  /** What the replica with this id last reported. */
  public Optional<Report> report(int id) {
    return replica(id).flatMap(Replica::report);
  }

  /** Whether a use of the volume is wanted on this node. */
  public boolean wantedOn(String node) {
    return intents.stream().anyMatch(intent -> intent.node().equals(node));
  }
}
