package io.kneard.datamesh;

import java.util.Set;
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

  /** How many votes there are. */
  public int voters() {
    return diskful.size() + liminal.size();
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
