package io.kneard.datamesh;

/**
 * What a replica sees of one peer.
 *
 * @param id the peer's node id
 * @param connected whether the connection is established
 * @param disk the peer's disk, as seen from here
 * @param syncing whether a resync runs between the two, in either direction
 */
public record PeerReport(int id, boolean connected, DiskState disk, boolean syncing) {}
