package io.kneard.mesh;

import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true of a mesh at every moment. Each answer says what is wrong, if something is. */
final class Rules {
  private Rules() {}

  static List<String> broken(MeshWorld world) {
    List<String> broken = new ArrayList<>();
    splitBrain(world).ifPresent(broken::add);
    votes(world.mesh()).ifPresent(broken::add);
    data(world).ifPresent(broken::add);
    use(world).ifPresent(broken::add);
    twoUsers(world).ifPresent(broken::add);
    slots(world).ifPresent(broken::add);
    return broken;
  }

  /** What must be true of one decision, beside what is true at every moment. */
  static List<String> broken(MeshWorld before, MeshWorld after) {
    List<String> broken = new ArrayList<>();
    lastCopy(before, after).ifPresent(broken::add);
    voteBeforeData(before, after).ifPresent(broken::add);
    return broken;
  }

  /** However the network is cut, at most one side has a host with quorum. */
  static Optional<String> splitBrain(MeshWorld world) {
    int everybody = (1 << MeshWorld.HOSTS) - 1;
    for (int group = 1; group <= everybody / 2; group++) {
      Optional<MeshHost> one = quorate(world, group);
      Optional<MeshHost> other = quorate(world, everybody & ~group);
      if (one.isPresent() && other.isPresent()) {
        return Optional.of(
            "split brain: n%d in %s by %s and n%d by %s"
                .formatted(
                    one.get().id,
                    Integer.toBinaryString(group),
                    one.get().view().orElseThrow(),
                    other.get().id,
                    other.get().view().orElseThrow()));
      }
    }
    return Optional.empty();
  }

  private static Optional<MeshHost> quorate(MeshWorld world, int group) {
    return world.hosts().stream()
        .filter(host -> (group & 1 << host.id) != 0)
        .filter(host -> Quorum.of(host, group, world::host))
        .findFirst();
  }

  /** The votes needed are those of the voters published with them. */
  static Optional<String> votes(Mesh mesh) {
    int right = Layout.majority(mesh.voters().size());
    return mesh.stage() == Stage.FORMED && mesh.q() != right
        ? Optional.of("q = %d for %d voters".formatted(mesh.q(), mesh.voters().size()))
        : Optional.empty();
  }

  /** Nobody who uses the volume stops being a member, and two use it only where that is allowed. */
  static Optional<String> use(MeshWorld world) {
    Mesh mesh = world.mesh();
    long attached = mesh.where(Member::attached).size();
    if (attached > 1 && !mesh.multiattach()) {
      return Optional.of("%d members are attached without multiattach".formatted(attached));
    }
    return world.hosts().stream()
        .filter(host -> host.up() && world.used(host.id))
        .filter(host -> host.self().filter(Member::attached).isPresent())
        .filter(host -> mesh.member(host.id).isEmpty())
        .findFirst()
        .map(host -> "n%d uses the volume and is no member anymore".formatted(host.id));
  }

  /** Some member has the data, whether its host is up or not. */
  static Optional<String> data(MeshWorld world) {
    boolean formed = world.mesh().stage() == Stage.FORMED;
    boolean there =
        world.hosts().stream()
            .anyMatch(host -> host.upToDate() && world.mesh().member(host.id).isPresent());
    return formed && !there
        ? Optional.of("no member has the data: " + world.mesh())
        : Optional.empty();
  }

  /** Two hosts use it at once only when no host is left that would not let them. */
  static Optional<String> twoUsers(MeshWorld world) {
    List<MeshHost> users =
        world.hosts().stream()
            .filter(host -> host.up() && host.self().filter(Member::attached).isPresent())
            .toList();
    return world.hosts().stream()
        .filter(host -> users.size() > 1 && (users.contains(host) || hasDisk(host)))
        .filter(host -> host.view().filter(mesh -> !mesh.multiattach()).isPresent())
        .findFirst()
        .map(
            host ->
                "n%d and n%d use the volume, and n%d is not set up for two"
                    .formatted(users.get(0).id, users.get(1).id, host.id));
  }

  private static boolean hasDisk(MeshHost host) {
    return host.up() && host.self().filter(self -> self.type().diskAttached()).isPresent();
  }

  /** A disk is attached only where every peer with a disk has a bitmap slot for it. */
  static Optional<String> slots(MeshWorld world) {
    for (MeshHost host : world.hosts()) {
      for (MeshHost peer : world.hosts()) {
        boolean both = host.id != peer.id && hasDisk(host) && hasDisk(peer);
        boolean refused =
            both
                && peer.view()
                    .flatMap(mesh -> mesh.member(host.id))
                    .filter(seen -> !seen.type().fullMesh())
                    .isPresent();
        if (refused) {
          return Optional.of(
              "n%d attaches its disk and n%d has no bitmap slot for it"
                  .formatted(host.id, peer.id));
        }
      }
    }
    return Optional.empty();
  }

  /** More copies are needed than there are members to hold them: nobody could write. */
  static Optional<String> copies(Mesh mesh) {
    int voters = mesh.voters().size();
    return mesh.stage() == Stage.FORMED && mesh.qmr() > voters
        ? Optional.of("qmr = %d for %d voters".formatted(mesh.qmr(), voters))
        : Optional.empty();
  }

  /** The last copies that can be reached are not taken out of use. */
  private static Optional<String> lastCopy(MeshWorld before, MeshWorld after) {
    List<Member> copies =
        before
            .mesh()
            .where(
                member ->
                    member.type() == MemberType.DISKFUL
                        && before.host(member.id()).up()
                        && before.host(member.id()).upToDate());
    boolean none =
        copies.stream()
            .noneMatch(
                copy ->
                    after
                        .mesh()
                        .member(copy.id())
                        .filter(member -> member.type() == MemberType.DISKFUL)
                        .isPresent());
    return !copies.isEmpty() && none
        ? Optional.of("the last copy that is there is given up: " + after.mesh())
        : Optional.empty();
  }

  /** What comes by way of sD gets its vote when it has the data. */
  private static Optional<String> voteBeforeData(MeshWorld before, MeshWorld after) {
    return before.mesh().where(member -> member.type() == MemberType.SHADOW_DISKFUL).stream()
        .filter(member -> !before.host(member.id()).upToDate())
        .filter(member -> before.mesh().tieBreakers().isEmpty())
        .filter(member -> !after.mesh().member(member.id()).equals(Optional.of(member)))
        .filter(member -> onTheWayToVote(after, member.id()))
        .findFirst()
        .map(member -> "n%d goes on to its vote without the data".formatted(member.id()));
  }

  private static boolean onTheWayToVote(MeshWorld world, int id) {
    boolean votes = world.mesh().member(id).filter(m -> m.type().voter()).isPresent();
    return votes
        || world.volume().transitions().stream()
            .anyMatch(t -> t.concerns(id) && t.target().equals(Optional.of(MemberType.DISKFUL)));
  }
}
