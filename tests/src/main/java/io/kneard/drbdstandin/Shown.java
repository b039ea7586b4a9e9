package io.kneard.drbdstandin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code drbdsetup} shows, in the form of drbd-utils 9.22. */
final class Shown {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int KIB = 1024;

  private final Hosts hosts;
  private final Kernel kernel;

  Shown(Hosts hosts, Kernel kernel) {
    this.hosts = hosts;
    this.kernel = kernel;
  }

  static String setup(List<Resource> resources) {
    ArrayNode all = MAPPER.createArrayNode();
    resources.forEach(r -> setup(all.addObject(), r));
    return all.toPrettyString();
  }

  private static void setup(ObjectNode node, Resource r) {
    node.put("resource", r.name);
    options(node.putObject("options"), r.options);
    ObjectNode here = node.putObject("_this_host").put("node-id", r.nodeId);
    ArrayNode volumes = here.putArray("volumes");
    if (r.minor.isPresent()) {
      ObjectNode volume = volumes.addObject();
      volume.put("volume_nr", 0).put("device_minor", r.minor.get());
      r.disk.ifPresent(disk -> volume.put("backing-disk", disk.path).put("meta-disk", "internal"));
      if (r.disk.isEmpty() && r.client) {
        volume.put("disk", "none");
      }
      if (r.disk.isPresent() && !r.diskOptions.isEmpty()) {
        options(volume.putObject("disk"), r.diskOptions);
      }
    }
    if (!r.peers.isEmpty()) {
      ArrayNode connections = node.putArray("connections");
      r.peers.values().forEach(peer -> connections.add(MAPPER.valueToTree(peer(peer))));
    }
  }

  private static ObjectNode peer(Peer peer) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode paths = node.putArray("paths");
    for (var path : peer.paths) {
      ObjectNode both = paths.addObject();
      end(both.putObject("this_host"), path.get(0));
      end(both.putObject("remote_host"), path.get(1));
    }
    options(node.putObject("net"), peer.net);
    if (!peer.disk.isEmpty()) {
      ObjectNode volume = node.putArray("volumes").addObject().put("volume_nr", 0);
      options(volume.putObject("disk"), peer.disk);
    }
    return node.put("_peer_node_id", peer.id);
  }

  private static void end(ObjectNode node, String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String ip = endpoint.substring(0, colon).replaceAll("[\\[\\]]", "");
    node.put("address", ip)
        .put("port", Integer.parseInt(endpoint.substring(colon + 1)))
        .put("family", ip.contains(":") ? "ipv6" : "ipv4");
  }

  private static void options(ObjectNode node, Map<String, String> options) {
    options.forEach(
        (name, value) -> {
          if (value.equals("yes") || value.equals("no")) {
            node.put(name, value.equals("yes"));
          } else {
            node.put(name, value);
          }
        });
  }

  String status(List<Resource> resources) {
    ArrayNode all = MAPPER.createArrayNode();
    resources.forEach(r -> status(all.addObject(), r));
    return all.toPrettyString();
  }

  private void status(ObjectNode node, Resource r) {
    node.put("name", r.name).put("node-id", r.nodeId).put("role", role(r.primary));
    node.put("suspended", r.suspendedByUser || r.suspendedForQuorum());
    node.put("suspended-user", r.suspendedByUser).put("suspended-quorum", r.suspendedForQuorum());
    ArrayNode devices = node.putArray("devices");
    if (r.minor.isPresent()) {
      devices
          .addObject()
          .put("volume", 0)
          .put("minor", r.minor.get())
          .put("disk-state", r.diskState())
          .put("client", r.client)
          .put("quorum", r.quorum)
          .put("size", size(r) / KIB);
    }
    ArrayNode connections = node.putArray("connections");
    r.peers.values().forEach(peer -> connection(connections.addObject(), r, peer));
  }

  private long size(Resource r) {
    String given = r.diskOptions.getOrDefault("size", "0");
    long usable = r.disk.map(Size::usable).orElse(0L);
    long others =
        r.peers.values().stream()
            .filter(Peer::connected)
            .flatMap(peer -> hosts.other(kernel, r, peer).disk.stream())
            .mapToLong(Size::usable)
            .min()
            .orElse(usable);
    return given.equals("0") ? Math.min(usable, others) : Long.parseLong(given);
  }

  private void connection(ObjectNode node, Resource r, Peer peer) {
    Optional<Resource> other =
        peer.connected() ? Optional.of(hosts.other(kernel, r, peer)) : Optional.empty();
    node.put("peer-node-id", peer.id)
        .put("name", peer.net.getOrDefault("_name", ""))
        .put("connection-state", peer.state.title)
        .put("peer-role", other.map(o -> role(o.primary)).orElse("Unknown"));
    ObjectNode device = node.putArray("peer_devices").addObject();
    device
        .put("volume", 0)
        .put("replication-state", replication(r, peer, other))
        .put("peer-disk-state", other.map(Resource::diskState).orElse(gone(r, peer)))
        .put("peer-client", other.map(o -> o.client).orElse(!peer.bitmap()))
        .put("resync-suspended", peer.paused ? "user" : "no")
        .put("percent-in-sync", 100.0);
  }

  static String gone(Resource r, Peer peer) {
    boolean seenLeaving = peer.outdated && peer.state == Peer.State.CONNECTING && r.primary;
    return seenLeaving ? "Outdated" : "DUnknown";
  }

  String replication(Resource r, Peer peer, Optional<Resource> other) {
    if (other.isEmpty()) {
      return "Off";
    }
    Peer back = hosts.back(kernel, r, peer);
    boolean paused = hosts.paused(kernel, r, peer);
    if (peer.toReceive > 0) {
      return paused ? "PausedSyncT" : "SyncTarget";
    }
    if (back.toReceive > 0) {
      return paused ? "PausedSyncS" : "SyncSource";
    }
    return "Established";
  }

  static String role(boolean primary) {
    return primary ? "Primary" : "Secondary";
  }
}
