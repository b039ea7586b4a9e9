package io.kneard.mesh;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How a host decides whether it has quorum, by the mesh as it was set up there (DRBD 9's rules: the
 * main path of a diskful node, and the tie that diskless tiebreakers decide). A tie is always taken
 * as kept: the rule that a node must have had quorum before only makes it rarer.
 */
final class Quorum {
  private Quorum() {}

  /**
   * Whether a host has it while it can reach just this group.
   *
   * @param group a bit for each host in it
   * @param hosts by number
   */
  static boolean of(MeshHost host, int group, IntFunction<MeshHost> hosts) {
    if (!host.up() || !host.is(MemberType.DISKFUL)) {
      return false;
    }
    Mesh mesh = host.view().orElseThrow();
    List<Member> there =
        mesh.voters().stream()
            .filter(voter -> voter.id() == host.id || reaches(host, voter, group, hosts))
            .toList();
    int votes = there.size();
    long upToDate = there.stream().filter(voter -> hosts.apply(voter.id()).upToDate()).count();
    boolean enough = votes >= mesh.q() || (votes == mesh.q() - 1 && tie(host, mesh, group, hosts));
    return enough && upToDate >= mesh.qmr();
  }

  private static boolean tie(MeshHost host, Mesh mesh, int group, IntFunction<MeshHost> hosts) {
    List<Member> all = mesh.tieBreakers();
    long connected = all.stream().filter(tb -> reaches(host, tb, group, hosts)).count();
    return mesh.voters().size() % 2 == 0 && connected >= all.size() / 2 + 1;
  }

  private static boolean reaches(
      MeshHost host, Member peer, int group, IntFunction<MeshHost> hosts) {
    MeshHost other = hosts.apply(peer.id());
    boolean known = other.view().filter(mesh -> mesh.member(host.id).isPresent()).isPresent();
    return (group & 1 << peer.id()) != 0 && other.up() && known;
  }
}
