package io.kneard.datamesh;

import java.util.List;
import java.util.Optional;

/**
 * What one host's DRBD resource has to be at a revision: all that its agent needs of the mesh.
 *
 * <p>Two things must never be wrong in between, so the agent changes them in this order: a larger
 * {@code quorum} before anything else, a smaller one after everything else. Else a host would for a
 * moment count more voters than its quorum is made for.
 *
 * @param revision to report once all of this holds
 * @param disk what becomes of the local disk
 * @param quorum votes needed; {@value #NEVER} where only the word of diskful peers may count
 * @param quorumMinimumRedundancy UpToDate copies needed; empty: the option is off
 * @param nonVoting whether the disk has the option non-voting
 * @param twoPrimaries whether two hosts may use the volume at once
 * @param primary whether this host may use it
 * @param seed whether an empty disk is to be declared the volume's data, here and now
 * @param size of the volume, bytes
 * @param addresses where this host listens for its peers
 */
public record LocalResource(
    int id,
    long revision,
    Disk disk,
    int quorum,
    Optional<Integer> quorumMinimumRedundancy,
    boolean nonVoting,
    boolean twoPrimaries,
    boolean primary,
    boolean seed,
    long size,
    List<Address> addresses,
    List<Peer> peers) {

  /** More votes than there can be: quorum then comes from diskful peers that have it. */
  public static final int NEVER = 32;

  /** What becomes of the local disk. */
  public enum Disk {
    /** Attached. */
    ATTACHED,
    /** There, and not attached: diskless, but not as a client. */
    DETACHED,
    /** None: a client. */
    NONE
  }

  /**
   * One peer the resource is connected to.
   *
   * @param bitmap whether the local disk keeps a bitmap for it
   * @param remoteRead whether it may be read from; DRBD counts it for quorum only then
   */
  public record Peer(
      int id, String node, List<Address> addresses, boolean bitmap, boolean remoteRead) {
    public Peer {
      addresses = List.copyOf(addresses);
    }
  }

  public LocalResource {
    addresses = List.copyOf(addresses);
    peers = List.copyOf(peers);
  }

  /** What the host of this member has to set up; empty if it is no member: nothing. */
  public static Optional<LocalResource> of(Mesh mesh, int id) {
    return mesh.member(id).map(member -> of(mesh, member));
  }

  private static LocalResource of(Mesh mesh, Member member) {
    MemberType type = member.type();
    return new LocalResource(
        member.id(),
        mesh.revision(),
        disk(type),
        type.voter() ? mesh.q() : NEVER,
        // A redundancy of 1 is what DRBD does without the option; set to 1 it defeats tiebreakers.
        Optional.of(mesh.qmr()).filter(copies -> copies > 1),
        type.settled() == MemberType.SHADOW_DISKFUL,
        mesh.multiattach(),
        member.attached(),
        mesh.stage() == Stage.SEEDING && isSeed(mesh, member),
        mesh.size(),
        member.addresses(),
        mesh.where(peer -> connected(member, peer)).stream().map(LocalResource::peer).toList());
  }

  private static Disk disk(MemberType type) {
    if (type.diskAttached()) {
      return Disk.ATTACHED;
    }
    return type.backed() ? Disk.DETACHED : Disk.NONE;
  }

  private static boolean isSeed(Mesh mesh, Member member) {
    return mesh.members().stream()
        .filter(one -> one.type() == MemberType.DISKFUL)
        .findFirst()
        .filter(member::equals)
        .isPresent();
  }

  private static boolean connected(Member one, Member other) {
    return one.id() != other.id() && (one.type().fullMesh() || other.type().fullMesh());
  }

  private static Peer peer(Member member) {
    MemberType type = member.type();
    return new Peer(
        member.id(),
        member.node(),
        member.addresses(),
        type.fullMesh(),
        type.voter() || type == MemberType.TIE_BREAKER);
  }
}
