package io.kneard.drbdstandin;

import java.util.function.Function;

/** How DRBD 9 decides whether a resource has quorum on one host. */
final class Votes {
  private final Resource self;
  private final Function<Peer, Resource> others;
  private final boolean oneDefeatsTies;
  private int upToDate;
  private int present;
  private int unknown;
  private int clients;
  private int clientsConnected;

  /**
   * @param others the resource at the other end of a connection that is there
   * @param oneDefeatsTies whether a redundancy of 1 is taken for more than it is (9.3)
   */
  Votes(Resource self, Function<Peer, Resource> others, boolean oneDefeatsTies) {
    this.self = self;
    this.others = others;
    this.oneDefeatsTies = oneDefeatsTies;
  }

  boolean quorum() {
    if (option("quorum").equals("off")) {
      return true;
    }
    count();
    return withDisk() || throughOthers();
  }

  private void count() {
    if (self.disk.isPresent() && self.votes()) {
      one(self);
    } else if (self.disk.isEmpty() && !self.client) {
      present++;
    }
    for (Peer peer : self.peers.values()) {
      if (!peer.counts()) {
        continue;
      }
      if (peer.connected()) {
        connected(others.apply(peer));
      } else if (!peer.bitmap()) {
        clients++;
      } else if (!knownOutdated(peer)) {
        unknown++;
      }
    }
  }

  private void connected(Resource other) {
    if (other.client) {
      clients++;
      clientsConnected++;
    } else {
      one(other);
    }
  }

  private void one(Resource each) {
    if (each.upToDate()) {
      upToDate++;
    } else {
      present++;
    }
  }

  private boolean knownOutdated(Peer peer) {
    return peer.outdated
        || self.disk.filter(disk -> disk.peersOutdated.contains(peer.id)).isPresent();
  }

  private boolean withDisk() {
    if (self.disk.isEmpty()) {
      return false;
    }
    boolean enough = upToDate >= copies();
    int votes = upToDate + present;
    return enough && (votes >= needed() || (votes == needed() - 1 && tie()));
  }

  /** An even number of voters, and the majority of those that are clients on purpose. */
  private boolean tie() {
    int voters = upToDate + present + unknown;
    boolean defeated = oneDefeatsTies && option("quorum-minimum-redundancy").equals("1");
    return self.quorum
        && !defeated
        && voters % 2 == 0
        && clients > 0
        && clientsConnected >= clients / 2 + 1;
  }

  private boolean throughOthers() {
    if (self.disk.isPresent() && self.votes()) {
      return false;
    }
    long quorate =
        self.peers.values().stream()
            .filter(Peer::connected)
            .map(others)
            .filter(other -> other.upToDate() && other.quorum)
            .count();
    return quorate >= Math.max(1, copies());
  }

  private int needed() {
    String quorum = option("quorum");
    int voters = upToDate + present + unknown;
    return quorum.equals("majority") ? voters / 2 + 1 : Integer.parseInt(quorum);
  }

  private int copies() {
    String copies = option("quorum-minimum-redundancy");
    return copies.equals("off") ? 0 : Integer.parseInt(copies);
  }

  private String option(String name) {
    return self.options.getOrDefault(name, "off");
  }
}
