package io.kneard.datamesh.plan;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import java.util.List;
import java.util.Optional;

/** What a step makes of the mesh. Applying one that was applied already changes nothing. */
public sealed interface Change permits Change.Become, Setting {
  /** The mesh after the change, under the old revision. */
  Mesh apply(Situation s);

  /**
   * The subject goes from one type to another. The number of votes needed follows the number of
   * voters in the same revision.
   *
   * @param from empty: no member yet
   * @param to empty: no member anymore
   */
  record Become(Optional<MemberType> from, Optional<MemberType> to) implements Change {
    @Override
    public Mesh apply(Situation s) {
      if (to.isEmpty()) {
        return s.mesh().minus(s.subject());
      }
      Optional<Member> member = s.member();
      if (member.isEmpty()) {
        return s.mesh().plus(newMember(s));
      }
      return s.mesh().with(member.get().as(to.get(), s.pool()));
    }

    private Member newMember(Situation s) {
      Replica replica = s.picture().replica(s.subject()).orElseThrow();
      return create(s, replica, to.orElseThrow(), s.pool());
    }

    /** Whether the subject is what this begins with, or already what it ends with. */
    public boolean fits(Situation s) {
      Optional<MemberType> now = s.member().map(Member::type);
      return now.equals(from) || now.equals(to);
    }

    /** How many voters this adds: -1, 0 or 1. */
    public int votes() {
      return vote(to) - vote(from);
    }

    private static int vote(Optional<MemberType> type) {
      return type.filter(MemberType::voter).isPresent() ? 1 : 0;
    }

    /** Like {@code D∅ → D}. */
    public String name() {
      return from.map(MemberType::sign).orElse("✦") + " → " + to.map(MemberType::sign).orElse("✕");
    }
  }

  /** A replica as a new member. */
  static Member create(Situation s, Replica replica, MemberType type, Optional<String> pool) {
    return new Member(
        replica.id(),
        replica.node(),
        Optional.ofNullable(s.picture().hosts().get(replica.node()))
            .map(host -> host.zone())
            .orElse(""),
        type,
        replica.report().map(Report::addresses).orElse(List.of()),
        false,
        type.backed() ? pool : Optional.empty());
  }
}
