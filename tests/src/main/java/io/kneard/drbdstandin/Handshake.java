package io.kneard.drbdstandin;

/** Two hosts that find each other: whether they connect, and who lacks what. */
final class Handshake {
  private final Hosts hosts;
  private final Resource one;
  private final Peer toOther;
  private final Resource other;
  private final Peer toOne;

  Handshake(Hosts hosts, Resource one, Peer toOther, Resource other) {
    this.hosts = hosts;
    this.one = one;
    this.toOther = toOther;
    this.other = other;
    this.toOne = other.peers.get(one.nodeId);
  }

  /** Says whether anything has changed. */
  boolean connect() {
    if (twoPrimaries()) {
      return conflict();
    }
    if (!agree()) {
      toOther.state = Peer.State.STAND_ALONE;
      toOne.state = Peer.State.STAND_ALONE;
      return true;
    }
    connected(toOther);
    connected(toOne);
    one.disk.ifPresent(disk -> disk.peersOutdated.remove(other.nodeId));
    other.disk.ifPresent(disk -> disk.peersOutdated.remove(one.nodeId));
    return true;
  }

  private static void connected(Peer peer) {
    peer.state = Peer.State.CONNECTED;
    peer.outdated = false;
    peer.discardMyData = false;
    peer.toReceive = 0;
  }

  /** A primary here, and another one there, or connected to there. */
  private boolean twoPrimaries() {
    boolean allowed = toOther.twoPrimaries() && toOne.twoPrimaries();
    return !allowed && ((sees(one) && other.primary) || (one.primary && sees(other)));
  }

  private boolean sees(Resource r) {
    return r.primary
        || r.peers.values().stream()
            .filter(Peer::connected)
            .anyMatch(peer -> hosts.primaryBehind(r, peer));
  }

  private boolean conflict() {
    if (toOther.retries() && toOne.retries()) {
      return false;
    }
    outdate(one, other);
    outdate(other, one);
    toOther.state = Peer.State.STAND_ALONE;
    toOne.state = Peer.State.STAND_ALONE;
    return true;
  }

  private static void outdate(Resource stale, Resource fresh) {
    if (stale.disk.isPresent()
        && fresh.disk.isPresent()
        && stale.disk.get().olderThan(fresh.disk.get())) {
      stale.disk.get().outdated = true;
      fresh.disk.get().peersOutdated.add(stale.nodeId);
    }
  }

  /** Whether one of the two has the data of the other, or may be overwritten. */
  boolean agree() {
    if (one.disk.isEmpty() || other.disk.isEmpty()) {
      return true;
    }
    Disk here = one.disk.orElseThrow();
    Disk there = other.disk.orElseThrow();
    if (here.generation == there.generation) {
      return true;
    }
    if (here.olderThan(there)) {
      here.outdated |= !here.inconsistent;
      return true;
    }
    if (there.olderThan(here)) {
      there.outdated |= !there.inconsistent;
      return true;
    }
    if (here.inconsistent || toOther.discardMyData) {
      here.outdated |= !here.inconsistent;
      return true;
    }
    if (there.inconsistent || toOne.discardMyData) {
      there.outdated |= !there.inconsistent;
      return true;
    }
    return false;
  }
}
