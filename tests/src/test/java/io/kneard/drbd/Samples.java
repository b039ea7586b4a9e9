package io.kneard.drbd;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Meshes. */
final class Samples {
  static final long SIZE = 64L << 20;

  private Samples() {}

  /** One with a member of each of these types. */
  static Mesh mesh(long revision, Stage stage, MemberType... types) {
    List<Member> members = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      members.add(member(id, types[id]));
    }
    int voters = (int) members.stream().filter(one -> one.type().voter()).count();
    return new Mesh(revision, stage, members, Layout.majority(voters), 1, false, SIZE, List.of());
  }

  static Member member(int id) {
    return member(id, MemberType.ACCESS);
  }

  static Member member(int id, MemberType type) {
    return new Member(
        id,
        CaredHosts.node(id),
        "",
        type,
        List.of(new Address("net", "10.0.0." + (id + 1), 7000)),
        false,
        type.backed() ? Optional.of("pool") : Optional.empty());
  }
}
