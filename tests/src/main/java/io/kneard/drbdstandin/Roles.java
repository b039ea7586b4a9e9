package io.kneard.drbdstandin;

/** Becoming primary, and stopping to be it. */
final class Roles {
  private final Hosts hosts;
  private final Kernel kernel;
  private final Resource r;

  Roles(Hosts hosts, Kernel kernel, Resource r) {
    this.hosts = hosts;
    this.kernel = kernel;
    this.r = r;
  }

  void primary(boolean force) throws Refused {
    boolean another =
        r.peers.values().stream()
            .filter(Peer::connected)
            .anyMatch(peer -> !peer.twoPrimaries() && hosts.primaryBehind(r, peer));
    if (another) {
      throw Refused.change(r.name, -1, "Multiple primaries not allowed by config");
    }
    if (force && r.disk.isPresent() && !r.upToDate()) {
      declare(r.disk.get());
    }
    if (!r.upToDate() && hosts.upToDateConnected(kernel, r).findAny().isEmpty()) {
      throw Refused.change(r.name, -2, "Need access to UpToDate data");
    }
    if (!r.quorum) {
      throw Refused.change(r.name, -25, "No quorum");
    }
    r.primary = true;
    hosts.settle(r.name);
  }

  /** What is on this disk is the data from now on, whatever it is; who is not here is behind. */
  private void declare(Disk disk) {
    disk.begin(hosts.nextGeneration());
    disk.inconsistent = false;
    disk.outdated = false;
    for (Peer peer : r.peers.values()) {
      if (!peer.connected()) {
        peer.outdated = true;
        disk.peersOutdated.add(peer.id);
        disk.missed.add(peer.id);
      }
    }
    hosts.settle(r.name);
  }

  void secondary(boolean force) throws Refused {
    if (r.open && !force) {
      throw Refused.change(
          r.name,
          -12,
          "Device is held open by someone\nadditional info from kernel:\n"
              + "drbd%d opened by dd (pid 278) at 2026-11-20 21:05:40.802"
                  .formatted(r.minor.orElse(0)));
    }
    r.primary = false;
    r.open = false;
    hosts.settle(r.name);
  }
}
