package io.kneard.datamesh.plan;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a member may stop being what it is, without taking the volume's protection along. */
final class LeavingGuards {
  private LeavingGuards() {}

  static Optional<String> notAttached(Situation s) {
    if (s.member().filter(Member::attached).isPresent()) {
      return Optional.of("Cannot remove attached member");
    }
    return s.active().stream()
        .filter(t -> t.concerns(s.subject()))
        .filter(t -> t.group() == Group.IO || t.kind().detaches())
        .findFirst()
        .map(t -> "Cannot remove attached member: " + t.kind().title() + " in progress");
  }

  static Optional<String> volumeAccessLocal(Situation s) {
    boolean needed =
        s.configuration().volumeAccess() == VolumeAccess.LOCAL
            && s.member().filter(Member::attached).isPresent()
            && s.target().filter(to -> to == MemberType.SHADOW_DISKFUL).isEmpty();
    return when(needed, "Cannot demote Diskful: volumeAccess=Local requires D on attached node");
  }

  static Optional<String> qmrReady(Situation s) {
    int target = Layout.copies(s.configuration().fttBdl());
    return when(
        s.mesh().qmr() > target,
        "ChangeQuorum not yet applied: qmr=%d, target=%d".formatted(s.mesh().qmr(), target));
  }

  static Optional<String> fttBdl(Situation s) {
    int target = s.configuration().fttBdl();
    int copies = s.otherUpToDateVoters().size();
    return when(
        copies <= target,
        "Would violate FTT-BDL: pFTT-BDL=%d, need > %d".formatted(copies, target));
  }

  static Optional<String> fttBua(Situation s) {
    int min = s.configuration().layout().diskful();
    return when(
        s.voters() <= min,
        "Would violate FTT-BUA: D_count=%d, need > %d".formatted(s.voters(), min));
  }

  static Optional<String> zoneFttBdl(Situation s) {
    if (s.configuration().topology() != Topology.TRANS_ZONAL) {
      return Optional.empty();
    }
    int target = s.configuration().fttBdl();
    List<Member> copies = s.otherUpToDateVoters();
    return firstZone(
        s,
        zone -> {
          int left = outside(zone, copies);
          return when(
              left <= target,
              "Would violate zone FTT-BDL: losing zone %s would leave %d D, need > %d"
                  .formatted(zone, left, target));
        });
  }

  static Optional<String> zoneFttBua(Situation s) {
    if (s.configuration().topology() != Topology.TRANS_ZONAL) {
      return Optional.empty();
    }
    List<Member> voters =
        s.mesh().voters().stream().filter(member -> member.id() != s.subject()).toList();
    List<Member> tieBreakers =
        s.target().filter(to -> to == MemberType.TIE_BREAKER).isPresent()
            ? withSubject(s)
            : s.otherTieBreakers();
    int q = Layout.majority(voters.size());
    return firstZone(
        s,
        zone -> {
          int left = outside(zone, voters);
          int ties = outside(zone, tieBreakers);
          boolean enough = left >= q || (left == q - 1 && ties > 0);
          return when(
              !enough,
              ("Would violate zone FTT-BUA: losing zone %s would leave %d voters, need > %d"
                      + " (tiebreakers left: %d)")
                  .formatted(zone, left, q - 1, ties));
        });
  }

  private static List<Member> withSubject(Situation s) {
    return s.mesh()
        .where(member -> member.type() == MemberType.TIE_BREAKER || member.id() == s.subject());
  }

  /** Leaving an even number of voters: the tiebreaker they then need has to be there before. */
  static Optional<String> tieBreakerReady(Situation s) {
    if (s.target().filter(to -> to == MemberType.TIE_BREAKER).isPresent()) {
      return Optional.empty();
    }
    int left = s.voters() - 1;
    int bua = s.configuration().fttBua();
    return tieBreakerMissing(s, left)
        .map(
            why ->
                "Would need a TB: D_count=%d even, FTT-BUA=%d = D/2%s".formatted(left, bua, why));
  }

  static Optional<String> tbRequired(Situation s) {
    int bua = s.configuration().fttBua();
    return tieBreakerMissing(s, s.voters())
        .map(
            why ->
                "TB required: D_count=%d even, FTT-BUA=%d = D/2%s".formatted(s.voters(), bua, why))
        .or(() -> countedStill(s));
  }

  /** Some hosts may not have applied the revision that made it superfluous. */
  private static Optional<String> countedStill(Situation s) {
    int bua = s.configuration().fttBua();
    return s.mesh().superseded().stream()
        .filter(old -> old.view().tieBreakers().contains(s.subject()))
        .filter(old -> Layout.tieBreakersNeeded(old.view().voters(), bua) > 0)
        .findFirst()
        .map(old -> "TB required until all have applied revision " + old.since());
  }

  /** Empty if so many voters have all tiebreakers they need, else why not, if there is more. */
  private static Optional<String> tieBreakerMissing(Situation s, int voters) {
    int needed = Layout.tieBreakersNeeded(voters, s.configuration().fttBua());
    List<String> flaws =
        s.otherTieBreakers().stream()
            .map(s.facts()::notOperational)
            .flatMap(Optional::stream)
            .toList();
    boolean enough = s.otherTieBreakers().size() - flaws.size() >= needed;
    String why = flaws.isEmpty() ? "" : flaws.stream().collect(Collectors.joining("; ", " (", ")"));
    return when(!enough, why);
  }

  static Optional<String> zoneTbRequired(Situation s) {
    int bua = s.configuration().fttBua();
    boolean skip =
        s.configuration().topology() != Topology.TRANS_ZONAL
            || Layout.tieBreakersNeeded(s.voters(), bua) == 0;
    if (skip) {
      return Optional.empty();
    }
    List<Member> voters = s.mesh().voters();
    return firstZone(
        s,
        zone -> {
          boolean tie = outside(zone, voters) * 2 == voters.size();
          return when(
              tie && outside(zone, s.otherTieBreakers()) == 0,
              "Would violate zone TB coverage for zone " + zone);
        });
  }

  private static Optional<String> firstZone(
      Situation s, Function<String, Optional<String>> verdict) {
    return s.mesh().members().stream()
        .map(Member::zone)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(verdict)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static int outside(String zone, Collection<Member> members) {
    return (int) members.stream().filter(member -> !member.zone().equals(zone)).count();
  }

  static Optional<String> when(boolean blocked, String message) {
    return blocked ? Optional.of(message) : Optional.empty();
  }
}
