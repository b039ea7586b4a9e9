package io.kneard.drbd;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one resource is set up in the kernel: what {@code drbdsetup show --json} says. Options are
 * texts; what is not mentioned has its default.
 */
record Setup(
    String resource,
    int nodeId,
    Map<String, String> options,
    List<Device> devices,
    List<Peer> peers) {

  /**
   * One volume.
   *
   * @param backing device node of the local disk; empty: diskless
   */
  record Device(int volume, int minor, Optional<String> backing, Map<String, String> options) {}

  /**
   * One peer.
   *
   * @param net options of the connection
   * @param disk options of the peer's volume 0
   */
  record Peer(int id, List<Path> paths, Map<String, String> net, Map<String, String> disk) {}

  /** Two ends, as {@code address:port}, IPv6 in brackets. */
  record Path(String local, String remote) {}

  Setup {
    options = Map.copyOf(options);
    devices = List.copyOf(devices);
    peers = List.copyOf(peers);
  }

  Optional<Device> device() {
    return devices.stream().filter(device -> device.volume() == 0).findFirst();
  }

  Optional<Peer> peer(int id) {
    return peers.stream().filter(peer -> peer.id() == id).findFirst();
  }

  /** Votes needed: a number; empty while quorum is off, or is a word this program never sets. */
  Optional<Integer> quorum() {
    return Optional.ofNullable(options.get("quorum"))
        .filter(text -> text.matches("[0-9]{1,2}"))
        .map(Integer::valueOf);
  }
}
