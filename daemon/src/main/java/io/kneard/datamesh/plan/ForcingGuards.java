package io.kneard.datamesh.plan;

import static io.kneard.datamesh.plan.LeavingGuards.when;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Split;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a member may be treated as dead. Somebody says it is; this looks for signs of life. */
final class ForcingGuards {
  private ForcingGuards() {}

  static Optional<String> unreachable(Situation s) {
    List<String> witnesses =
        s.mesh().members().stream()
            .filter(member -> member.id() != s.subject())
            .filter(member -> sees(s, member))
            .map(member -> "#" + member.id())
            .toList();
    return when(
        !witnesses.isEmpty(),
        "member is reachable (connected from %s)"
            .formatted(witnesses.stream().collect(Collectors.joining(", ", "[", "]"))));
  }

  private static boolean sees(Situation s, Member witness) {
    Optional<Report> report = s.facts().live(witness.id());
    return report.filter(r -> r.connectedTo(s.subject())).isPresent();
  }

  /** Nobody can report a connection where nobody is left, so this has to be looked at by itself. */
  static Optional<String> voterRemains(Situation s) {
    boolean voter = s.member().filter(member -> member.type().voter()).isPresent();
    long others = s.mesh().voters().stream().filter(member -> member.id() != s.subject()).count();
    return when(voter && others == 0, "it is the last voter; the volume's data would be gone");
  }

  /** The dead member's disk may hold the only good copy: it must stay a member until it is back. */
  static Optional<String> copyRemains(Situation s) {
    boolean data = s.member().filter(member -> member.type().diskAttached()).isPresent();
    return when(
        data && s.otherUpToDateVoters().isEmpty() && !othersSawEveryWrite(s),
        "no other member is UpToDate; its disk may hold the only good copy");
  }

  /**
   * Whether the copies that are there are the last ones, although they have no quorum: without them
   * nobody could have had it, so nothing was written that they do not have.
   */
  private static boolean othersSawEveryWrite(Situation s) {
    Set<Integer> copies =
        s.mesh().where(member -> member.id() != s.subject() && hasCopy(s, member)).stream()
            .map(Member::id)
            .collect(Collectors.toSet());
    List<Integer> rest =
        s.mesh().members().stream().map(Member::id).filter(id -> !copies.contains(id)).toList();
    return !copies.isEmpty()
        && s.mesh().viewsInForce().stream().noneMatch(view -> Split.mayHaveQuorum(view, rest));
  }

  private static boolean hasCopy(Situation s, Member member) {
    return member.type() == MemberType.DISKFUL
        && s.facts()
            .live(member.id())
            .filter(report -> report.disk() == DiskState.UP_TO_DATE)
            .isPresent();
  }
}
