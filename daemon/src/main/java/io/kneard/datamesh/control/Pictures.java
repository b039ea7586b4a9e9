package io.kneard.datamesh.control;

import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From what is stored to what the engine decides upon. Pure. */
public final class Pictures {
  private Pictures() {}

  /** The picture of one volume. */
  public static Picture of(Stored stored, Map<String, HostState> hosts) {
    VolumeDocument document = stored.document();
    return new Picture(
        document.volume(),
        document.replicas().stream().map(replica -> replica(stored, replica, hosts)).toList(),
        eligible(hosts),
        founders(document),
        requests(document),
        document.intents());
  }

  private static Replica replica(
      Stored stored, ReplicaDocument replica, Map<String, HostState> hosts) {
    boolean online =
        Optional.ofNullable(hosts.get(replica.node())).filter(HostState::online).isPresent();
    Optional<Report> report =
        Optional.ofNullable(stored.reports().get(replica.deviceId()))
            .flatMap(said -> Credible.report(said.report(), stored.document().volume().mesh()))
            .map(said -> live(said, online));
    return new Replica(replica.id(), replica.node(), replica.leaving(), report);
  }

  private static Report live(Report said, boolean online) {
    return new Report(
        said.revision(),
        said.live() && online,
        said.configured(),
        said.ready(),
        said.disk(),
        said.quorum(),
        said.inUse(),
        said.backingSize(),
        said.addresses(),
        said.peers(),
        said.problem());
  }

  private static Map<String, Host> eligible(Map<String, HostState> hosts) {
    Map<String, Host> eligible = new TreeMap<>();
    hosts.values().stream()
        .filter(HostState::serves)
        .forEach(
            host ->
                eligible.put(
                    host.name(),
                    new Host(
                        host.name(),
                        host.wishes().zone(),
                        host.online(),
                        host.online(),
                        host.facts().nonVoting())));
    return eligible;
  }

  private static List<Founder> founders(VolumeDocument document) {
    if (document.volume().mesh().stage() == Stage.FORMED) {
      return List.of();
    }
    return document.replicas().stream()
        .filter(replica -> !replica.leaving())
        .map(
            replica ->
                new Founder(
                    replica.id(),
                    replica.type(),
                    replica.type().backed() ? replica.pool() : Optional.empty()))
        .toList();
  }

  private static List<Request> requests(VolumeDocument document) {
    List<Request> requests = new ArrayList<>();
    for (ReplicaDocument replica : document.replicas()) {
      int id = replica.id();
      boolean member = document.volume().mesh().member(id).isPresent();
      if (replica.forceDetach() || replica.dead()) {
        requests.add(new Request.ForceDetach(id));
      }
      if (replica.dead()) {
        requests.add(new Request.ForceRemove(id));
      } else if (replica.leaving()) {
        requests.add(new Request.Remove(id));
      } else if (member) {
        requests.add(new Request.ChangeType(id, replica.type(), replica.pool()));
      } else {
        requests.add(new Request.Add(id, replica.type(), replica.pool()));
      }
    }
    return requests;
  }
}
