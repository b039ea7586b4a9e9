package io.kneard.drbdstandin;

import java.util.List;
import java.util.Optional;

/** Requests about one peer of a resource. */
final class PeerRequests {
  private final Hosts hosts;
  private final Kernel kernel;
  private final Resource r;

  PeerRequests(Hosts hosts, Kernel kernel, Resource r) {
    this.hosts = hosts;
    this.kernel = kernel;
    this.r = r;
  }

  void run(Call call) throws Refused {
    int id = call.number(1);
    switch (call.verb()) {
      case "new-peer" -> newPeer(call, id);
      case "forget-peer" -> forget(id);
      case "net-options" -> peer(id).net.putAll(call.options());
      case "peer-device-options" -> peer(id).disk.putAll(call.options());
      case "new-path" -> newPath(call, peer(id));
      case "del-path" -> peer(id).paths.remove(path(call));
      case "connect" -> connect(call, peer(id));
      case "disconnect" -> leave(peer(id), false);
      case "del-peer" -> delPeer(peer(id));
      case "pause-sync" -> peer(id).paused = true;
      case "resume-sync" -> peer(id).paused = false;
      case "verify" ->
          throw Refused.change(r.name, -14, "Need a verify algorithm to start online verify");
      default -> throw Refused.tool(20, "unknown command " + call.verb());
    }
    hosts.settle(r.name);
  }

  private Peer peer(int id) throws Refused {
    return Optional.ofNullable(r.peers.get(id))
        .orElseThrow(() -> Refused.request(r.name, 126, "No such connection"));
  }

  private void newPeer(Call call, int id) throws Refused {
    if (r.peers.containsKey(id)) {
      throw Refused.request(r.name, 125, "Device has a net-config");
    }
    Peer peer = new Peer(id);
    peer.net.putAll(call.options());
    r.peers.put(id, peer);
  }

  private void newPath(Call call, Peer peer) throws Refused {
    if (peer.paths.contains(path(call))) {
      throw Refused.request(r.name, 102, "Local address(port) already in use.");
    }
    peer.paths.add(path(call));
  }

  /** Without the family. */
  private static List<String> path(Call call) {
    return List.of(
        call.at(2).replaceFirst("^ipv[46]:", ""), call.at(3).replaceFirst("^ipv[46]:", ""));
  }

  private void connect(Call call, Peer peer) throws Refused {
    if (peer.state != Peer.State.STAND_ALONE) {
      throw Refused.request(r.name, 125, "Device has a net-config");
    }
    if (peer.paths.isEmpty()) {
      throw Refused.request(r.name, 162, "Invalid configuration request");
    }
    peer.state = Peer.State.CONNECTING;
    peer.outdated = false;
    peer.discardMyData = call.has("discard-my-data");
  }

  /** Whoever leaves somebody who has the data, and goes on, is behind from then on. */
  void leave(Peer peer, boolean down) {
    if (peer.connected()) {
      Resource other = hosts.other(kernel, r, peer);
      boolean behind = other.upToDate() && (other.primary || down);
      if (behind && r.disk.isPresent() && !r.primary) {
        r.disk.get().outdated = true;
        other.peers.get(r.nodeId).outdated = true;
        other.disk.orElseThrow().peersOutdated.add(r.nodeId);
      }
    }
    peer.state = Peer.State.STAND_ALONE;
    peer.toReceive = 0;
    hosts.settle(r.name);
  }

  private void delPeer(Peer peer) throws Refused {
    if (peer.state != Peer.State.STAND_ALONE) {
      throw Refused.request(r.name, 125, "Device has a net-config");
    }
    r.peers.remove(peer.id);
  }

  private void forget(int id) throws Refused {
    if (r.peers.containsKey(id)) {
      throw Refused.request(r.name, 125, "Device has a net-config");
    }
    Disk disk =
        r.disk.orElseThrow(
            () -> Refused.request(r.name, 138, "Device does not have a disk-config"));
    disk.slots.remove(id);
    disk.peersOutdated.remove(id);
    disk.missed.remove(id);
  }
}
