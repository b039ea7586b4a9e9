package io.kneard.drbd;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Meshes, and what their hosts have to set up. */
final class Samples {
  static final String ID = "0123456789ABCDEF";
  static final int MINOR = 1000;
  static final long SIZE = 256L << 20;

  private Samples() {}

  /** One with a member of each type, n0 first; q and qmr as given. */
  static Mesh mesh(int q, int qmr, MemberType... types) {
    List<Member> members = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      members.add(member(id, types[id]));
    }
    return new Mesh(7, Stage.FORMED, members, q, qmr, false, SIZE, List.of());
  }

  static Member member(int id, MemberType type) {
    return new Member(
        id,
        "n" + id,
        "",
        type,
        List.of(new Address("net", "10.0.0." + (id + 1), 7000)),
        false,
        type.backed() ? Optional.of("pool") : Optional.empty());
  }

  static Target target(Mesh mesh, int id) {
    return new Target(
        "v", MINOR, LocalResource.of(mesh, id).orElseThrow(), Optional.of("/dev/pool/v"), ID, true);
  }
}
