package io.kneard.drbdstandin;

import java.util.Optional;

/** Requests about a minor and its disk. */
final class DiskRequests {
  private final Hosts hosts;
  private final Kernel kernel;

  DiskRequests(Hosts hosts, Kernel kernel) {
    this.hosts = hosts;
    this.kernel = kernel;
  }

  void run(Call call) throws Refused {
    Resource r =
        kernel.resources.values().stream()
            .filter(one -> one.minor.equals(Optional.of(call.number(0))))
            .findFirst()
            .orElseThrow(() -> Refused.request(call.at(0), 127, "Unknown minor"));
    switch (call.verb()) {
      case "attach" -> attach(call, r);
      case "detach" -> detach(call, r);
      case "disk-options" -> diskOptions(call, r);
      case "resize" -> resize(call, r);
      case "invalidate" -> invalidate(r);
      default -> newCurrentUuid(call, r);
    }
    hosts.settle(r.name);
  }

  private void attach(Call call, Resource r) throws Refused {
    Disk disk = kernel.disks.get(call.at(1));
    if (disk == null) {
      throw Refused.request(call.at(0), 104, "Can not open backing device");
    }
    if (!disk.metadata) {
      throw Refused.request(call.at(0), 119, "No valid meta-data signature found");
    }
    if (r.disk.isPresent()) {
      throw Refused.request(call.at(0), 124, "Device is attached to a disk");
    }
    for (Peer peer : r.peers.values()) {
      if (peer.connected() && hasNoSlot(r, peer)) {
        throw Refused.change(call.at(0), -26, "Peer has no bitmap for this disk");
      }
    }
    r.disk = Optional.of(disk);
    r.client = false;
    r.diskOptions.clear();
    for (Peer peer : r.peers.values()) {
      if (peer.connected()) {
        new Handshake(hosts, r, peer, hosts.other(kernel, r, peer)).agree();
      }
    }
  }

  private boolean hasNoSlot(Resource r, Peer peer) {
    Resource other = hosts.other(kernel, r, peer);
    return other.disk.isPresent() && !other.disk.get().slots.contains(r.nodeId);
  }

  private void detach(Call call, Resource r) throws Refused {
    boolean last = r.upToDate() && hosts.upToDateConnected(kernel, r).findAny().isEmpty();
    if (r.primary && last) {
      throw Refused.change(call.at(0), -2, "Need access to UpToDate data");
    }
    r.disk = Optional.empty();
    r.client |= call.has("diskless");
    for (Peer peer : r.peers.values()) {
      peer.toReceive = 0;
    }
  }

  private static void diskOptions(Call call, Resource r) throws Refused {
    if (r.disk.isEmpty()) {
      throw Refused.request(call.at(0), 138, "Device does not have a disk-config");
    }
    r.diskOptions.putAll(call.options());
  }

  private void resize(Call call, Resource r) throws Refused {
    boolean syncing = r.peers.values().stream().anyMatch(peer -> peer.toReceive > 0);
    if (syncing) {
      throw Refused.request(call.at(0), 130, "Resize not allowed during resync.");
    }
    Disk disk =
        r.disk.orElseThrow(
            () -> Refused.request(call.at(0), 138, "Device does not have a disk-config"));
    long wanted = Drbdsetup.sectors(call.options().getOrDefault("size", "0s"));
    if (wanted > Size.usable(disk)) {
      throw Refused.request(call.at(0), 111, "Low.dev. smaller than requested DRBD-dev. size.");
    }
    r.diskOptions.put("size", String.valueOf(wanted));
  }

  private static void invalidate(Resource r) throws Refused {
    if (r.disk.isEmpty() || r.primary) {
      throw Refused.change(r.name, -2, "Need access to UpToDate data");
    }
    r.disk.get().inconsistent = true;
  }

  private void newCurrentUuid(Call call, Resource r) throws Refused {
    Disk disk = r.disk.orElseThrow(() -> Refused.request(call.at(0), 138, "no disk"));
    if (call.has("clear-bitmap") && disk.generation != Disk.JUST_CREATED) {
      throw Refused.change(call.at(0), -23, "not just created");
    }
    long next = hosts.nextGeneration();
    clean(disk, next);
    for (Peer peer : r.peers.values()) {
      if (peer.connected()) {
        hosts.other(kernel, r, peer).disk.ifPresent(other -> clean(other, next));
      }
    }
  }

  private static void clean(Disk disk, long generation) {
    disk.begin(generation);
    disk.inconsistent = false;
  }
}
