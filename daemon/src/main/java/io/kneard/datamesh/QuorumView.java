package io.kneard.datamesh;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who votes and how many votes are needed: all that a host needs to know to decide whether it has
 * quorum, as DRBD 9 decides it.
 *
 * @param diskful voters with their disk attached
 * @param liminal voters without: present when connected, never able to have quorum by themselves
 * @param q votes needed
 */
public record QuorumView(
    Set<Integer> diskful, Set<Integer> liminal, Set<Integer> tieBreakers, int q) {

  public QuorumView {
    diskful = Set.copyOf(diskful);
    liminal = Set.copyOf(liminal);
    tieBreakers = Set.copyOf(tieBreakers);
  }

  /**
   * Whether hosts that hold this view and can reach each other, and nobody else, have quorum. The
   * copies are taken as UpToDate and the tie as theirs: this is about what could happen.
   */
  public boolean quorate(Set<Integer> group) {
    int withDisk = within(diskful, group);
    if (withDisk == 0) {
      return false;
    }
    int votes = withDisk + within(liminal, group);
    return votes >= q || tieIsTheirs(votes, group);
  }

  private boolean tieIsTheirs(int votes, Set<Integer> group) {
    boolean tie = voters() % 2 == 0 && votes == q - 1;
    return tie
        && !tieBreakers.isEmpty()
        && within(tieBreakers, group) >= Layout.majority(tieBreakers.size());
  }

  /** How many votes there are. */
  public int voters() {
    return diskful.size() + liminal.size();
  }

  /** Everybody who counts in it, in order. */
  public Set<Integer> everybody() {
    Set<Integer> all = new TreeSet<>(diskful);
    all.addAll(liminal);
    all.addAll(tieBreakers);
    return all;
  }

  private static int within(Set<Integer> some, Set<Integer> group) {
    return (int) some.stream().filter(group::contains).count();
  }

  static QuorumView of(Mesh mesh) {
    return new QuorumView(
        ids(mesh, MemberType.DISKFUL),
        ids(mesh, MemberType.LIMINAL_DISKFUL),
        ids(mesh, MemberType.TIE_BREAKER),
        mesh.q());
  }

  private static Set<Integer> ids(Mesh mesh, MemberType type) {
    return mesh.members().stream()
        .filter(member -> member.type() == type)
        .map(Member::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
