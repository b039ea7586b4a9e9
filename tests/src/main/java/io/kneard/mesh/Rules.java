package io.kneard.mesh;

import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
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
}
