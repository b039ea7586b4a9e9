package io.kneard.drbdstandin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code drbdsetup} tells in words: {@code status} for people, and {@code events2}. */
final class Told {
  private final Hosts hosts;
  private final Kernel kernel;
  private final Shown shown;

  Told(Hosts hosts, Kernel kernel) {
    this.hosts = hosts;
    this.kernel = kernel;
    this.shown = new Shown(hosts, kernel);
  }

  /** For people. */
  String text(List<Resource> resources) {
    if (resources.isEmpty()) {
      return "# No currently configured DRBD found.\n";
    }
    StringBuilder text = new StringBuilder();
    for (Resource r : resources) {
      text.append(r.name).append(" role:").append(Shown.role(r.primary));
      text.append(r.suspendedForQuorum() ? " suspended:quorum\n" : "\n");
      if (r.minor.isPresent()) {
        text.append("  disk:").append(r.diskState()).append(r.client ? " client:yes" : "");
        text.append(r.quorum ? "\n" : " quorum:no\n");
      }
      r.peers.values().forEach(peer -> text.append(text(r, peer)));
      text.append('\n');
    }
    return text.toString();
  }

  private String text(Resource r, Peer peer) {
    String name = peer.net.getOrDefault("_name", "");
    if (!peer.connected()) {
      return "  %s connection:%s%n".formatted(name, peer.state.title);
    }
    Resource other = hosts.other(kernel, r, peer);
    String replication = shown.replication(r, peer, Optional.of(other));
    return "  %s role:%s%n    %speer-disk:%s%s%n"
        .formatted(
            name,
            Shown.role(other.primary),
            replication.equals("Established") ? "" : "replication:" + replication + " ",
            other.diskState(),
            other.client ? " peer-client:yes" : "");
  }

  /** What there is, as {@code events2} names it: each object, and how it is. */
  Map<String, String> objects() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Resource r : kernel.resources.values()) {
      all.put(
          "resource name:" + r.name,
          "role:%s suspended:%s".formatted(Shown.role(r.primary), suspended(r)));
      r.minor.ifPresent(
          minor ->
              all.put(
                  "device name:%s volume:0 minor:%d".formatted(r.name, minor),
                  "disk:%s client:%s quorum:%s"
                      .formatted(r.diskState(), yesNo(r.client), yesNo(r.quorum))));
      r.peers.values().forEach(peer -> objects(all, r, peer));
    }
    return all;
  }

  private void objects(Map<String, String> all, Resource r, Peer peer) {
    Optional<Resource> other =
        peer.connected() ? Optional.of(hosts.other(kernel, r, peer)) : Optional.empty();
    String name =
        "name:%s peer-node-id:%d conn-name:%s"
            .formatted(r.name, peer.id, peer.net.getOrDefault("_name", ""));
    all.put(
        "connection " + name,
        "connection:%s role:%s"
            .formatted(peer.state.title, other.map(o -> Shown.role(o.primary)).orElse("Unknown")));
    all.put(
        "peer-device " + name + " volume:0",
        "replication:%s peer-disk:%s"
            .formatted(
                shown.replication(r, peer, other),
                other.map(Resource::diskState).orElse(Shown.gone(r, peer))));
  }

  private static String suspended(Resource r) {
    if (r.suspendedForQuorum()) {
      return "quorum";
    }
    return r.suspendedByUser ? "user" : "no";
  }

  private static String yesNo(boolean yes) {
    return yes ? "yes" : "no";
  }
}
