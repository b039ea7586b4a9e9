package io.kneard.drbdstandin;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A resource on one host, with one volume. */
final class Resource {
  final String name;
  final int nodeId;
  final Map<String, String> options = new TreeMap<>();
  final Map<String, String> diskOptions = new TreeMap<>();
  final Map<Integer, Peer> peers = new TreeMap<>();
  boolean primary;
  Optional<Integer> minor = Optional.empty();
  Optional<Disk> disk = Optional.empty();

  /** Diskless on purpose. */
  boolean client;

  boolean suspendedByUser;
  boolean quorum;
  boolean open;

  Resource(String name, int nodeId) {
    this.name = name;
    this.nodeId = nodeId;
  }

  String diskState() {
    if (disk.isEmpty()) {
      return "Diskless";
    }
    if (disk.get().inconsistent) {
      return "Inconsistent";
    }
    return disk.get().outdated ? "Outdated" : "UpToDate";
  }

  boolean upToDate() {
    return diskState().equals("UpToDate");
  }

  boolean votes() {
    return !diskOptions.getOrDefault("non-voting", "no").equals("yes");
  }

  boolean suspendedForQuorum() {
    boolean enforced = !options.getOrDefault("quorum", "off").equals("off");
    return enforced
        && !quorum
        && minor.isPresent()
        && options.getOrDefault("on-no-quorum", "suspend-io").equals("suspend-io");
  }
}
