package io.kneard.datamesh;

import java.util.Optional;

/**
 * What a replica sees of one peer.
 *
 * @param id the peer's node id
 * @param connected whether the connection is established
 * @param disk the peer's disk, as seen from here
 * @param syncing whether a resync runs between the two, in either direction
 * @param progress of a resync from the peer; now and then brought up to date
 */
public record PeerReport(
    int id, boolean connected, DiskState disk, boolean syncing, Optional<SyncProgress> progress) {

  /** Without a resync that has figures. */
  public PeerReport(int id, boolean connected, DiskState disk, boolean syncing) {
    this(id, connected, disk, syncing, Optional.empty());
  }
}
