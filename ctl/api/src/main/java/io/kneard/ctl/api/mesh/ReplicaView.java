package io.kneard.ctl.api.mesh;

import java.util.List;

/**
 * A replica.
 *
 * @param type what it is in the mesh, by its sign; null if it is no member
 * @param wanted what it is to be; null if it is to go
 * @param heard whether its host is heard of
 * @param revision that its host has applied; null if it has never said anything
 * @param disk as its host says, like {@code UP_TO_DATE}; null if it has never said anything
 * @param quorum null where it is not known
 * @param attached whether the volume may be used there
 * @param attachWanted whether somebody wants to use it there
 * @param inUse whether the device is open
 * @param problem what its host cannot do, in words; null if nothing
 * @param membership what happens to it, or why not
 * @param use the same of attaching and detaching; empty where there is nothing to say
 * @param reason why it is there, or is to go
 */
public record ReplicaView(
    int id,
    String host,
    String zone,
    String pool,
    String type,
    String wanted,
    boolean heard,
    Long revision,
    String disk,
    Boolean quorum,
    boolean attached,
    boolean attachWanted,
    boolean inUse,
    String problem,
    String membership,
    String use,
    String reason,
    List<LinkView> links) {

  /**
   * What it sees of one peer.
   *
   * @param syncing whether one of the two is being brought up to date by the other
   * @param percent how far this replica is brought up to date by the peer, 0 to 100; null where it
   *     is not
   * @param secondsLeft until that has ended, as DRBD guesses; null where it does not
   */
  public record LinkView(
      int id,
      String host,
      boolean connected,
      String disk,
      boolean syncing,
      Integer percent,
      Long secondsLeft) {}
}
