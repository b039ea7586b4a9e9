package io.kneard.mesh;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.util.Optional;

/** One host of the mesh and its replica of the volume. The replica's id is the host's number. */
final class MeshHost {
  final int id;
  private boolean up = true;
  private Optional<Mesh> applied = Optional.empty();
  private boolean upToDate;

  MeshHost(int id) {
    this.id = id;
  }

  MeshHost copy() {
    MeshHost copy = new MeshHost(id);
    copy.up = up;
    copy.applied = applied;
    copy.upToDate = upToDate;
    return copy;
  }

  String node() {
    return "n" + id;
  }

  boolean up() {
    return up;
  }

  /** Whether its disk has the data. */
  boolean upToDate() {
    return upToDate;
  }

  /** What it is by its own knowledge; empty where DRBD does not run here. */
  Optional<Member> self() {
    return applied.flatMap(mesh -> mesh.member(id));
  }

  /** The mesh as it was set up here last. */
  Optional<Mesh> view() {
    return self().flatMap(member -> applied);
  }

  boolean is(MemberType type) {
    return self().filter(member -> member.type() == type).isPresent();
  }

  /** The revision it reports. */
  long revision() {
    return view().map(Mesh::revision).orElse(0L);
  }

  /** The agent makes DRBD what the published mesh wants. */
  void apply(Mesh published) {
    boolean had = self().filter(member -> member.type().diskAttached()).isPresent();
    applied = Optional.of(published);
    boolean has = self().filter(member -> member.type().diskAttached()).isPresent();
    upToDate = upToDate && had && has;
  }

  /** The first data of the volume: declared on one empty disk, taken over by all others. */
  void seed() {
    boolean seeding = view().filter(mesh -> mesh.stage() == Stage.SEEDING).isPresent();
    if (seeding && is(MemberType.DISKFUL)) {
      upToDate = true;
    }
  }

  /** A resync has ended here. */
  void synced() {
    upToDate = true;
  }

  void crash() {
    up = false;
  }

  /** After a start nothing runs; the agent sets up what is published, and nothing older. */
  void start(Mesh published, boolean othersWentOn) {
    up = true;
    upToDate = upToDate && !othersWentOn;
    apply(published);
  }
}
