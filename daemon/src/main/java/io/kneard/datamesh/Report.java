package io.kneard.datamesh;

import java.util.List;
import java.util.Optional;

/**
 * What the agent of a replica's host last said.
 *
 * @param revision applied; 0: the replica is set up as no member
 * @param live whether the agent is heard of; if not, all the rest is old
 * @param configured whether DRBD is set up as the revision wants it
 * @param ready whether the replica can serve I/O
 * @param disk the own disk
 * @param quorum whether DRBD has quorum here; empty where it is not known
 * @param inUse whether a process holds the device open
 * @param backingSize of the backing volume, bytes; empty where there is none, or it is not known
 * @param addresses where it listens, or is going to
 * @param problem what keeps it from applying the revision, in words
 */
public record Report(
    long revision,
    boolean live,
    boolean configured,
    boolean ready,
    DiskState disk,
    Optional<Boolean> quorum,
    boolean inUse,
    Optional<Long> backingSize,
    List<Address> addresses,
    List<PeerReport> peers,
    Optional<String> problem) {

  public Report {
    addresses = List.copyOf(addresses);
    peers = List.copyOf(peers);
  }

  /** The same without the figures of resyncs, which change all the time. */
  public Report withoutFigures() {
    List<PeerReport> plain =
        peers.stream()
            .map(one -> new PeerReport(one.id(), one.connected(), one.disk(), one.syncing()))
            .toList();
    return with(live, configured, plain, problem);
  }

  /** The same, when it cannot be seen anymore whether it is still so. */
  public Report unseen(String why) {
    return with(live, false, peers, Optional.of(why));
  }

  /** The same, of a host that is there or not. */
  public Report heard(boolean online) {
    return with(live && online, configured, peers, problem);
  }

  private Report with(
      boolean nowLive, boolean nowConfigured, List<PeerReport> seen, Optional<String> trouble) {
    return new Report(
        revision,
        nowLive,
        nowConfigured,
        ready,
        disk,
        quorum,
        inUse,
        backingSize,
        addresses,
        seen,
        trouble);
  }

  /** Whether a resync brings it up to date. */
  public boolean synced() {
    return peers.stream().anyMatch(peer -> peer.progress().isPresent());
  }

  /** Whether it sees a connection to this peer. */
  public boolean connectedTo(int peer) {
    return peers.stream().anyMatch(seen -> seen.id() == peer && seen.connected());
  }

  /** Whether it has quorum, for all that is known. */
  public boolean hasQuorum() {
    return quorum.orElse(false);
  }
}
