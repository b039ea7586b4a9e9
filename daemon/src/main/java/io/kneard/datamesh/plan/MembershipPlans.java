package io.kneard.datamesh.plan;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static io.kneard.datamesh.MemberType.LIMINAL_DISKFUL;
import static io.kneard.datamesh.MemberType.LIMINAL_SHADOW_DISKFUL;
import static io.kneard.datamesh.MemberType.SHADOW_DISKFUL;
import static io.kneard.datamesh.MemberType.TIE_BREAKER;
import static io.kneard.datamesh.plan.When.ALWAYS;
import static io.kneard.datamesh.plan.When.EVEN;
import static io.kneard.datamesh.plan.When.ODD;

import io.kneard.datamesh.TransitionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables AddMember and RemoveMember of the specification, row by row.
 *
 * <p>The rows past-tb are added to them, for a mesh that has a tiebreaker besides the member.
 *
 * <p>{@code q} alone does not keep an even number of voters and the odd one next to it apart: of
 * 2D+1TB, one D and the tiebreaker have quorum by the old revision, the other D and the new one by
 * the new revision. Passing through TB closes that gap: with two tiebreakers a tie needs both, and
 * one of them is the member that gains or loses its vote.
 *
 * <p>For the same reason a second tiebreaker counts only while it is connected, and as long as one
 * host counts it: it comes and goes by way of A, which nobody counts.
 */
final class MembershipPlans {
  private static final List<Guard> JOINING =
      List.of(Guard.NOT_DELETING, Guard.HOST_ELIGIBLE, Guard.NODE_FREE, Guard.ADDRESSES_KNOWN);

  static final List<Guard> LEAVING_D =
      List.of(
          Guard.VOLUME_ACCESS_LOCAL,
          Guard.QMR_READY,
          Guard.FTT_BDL,
          Guard.FTT_BUA,
          Guard.ZONE_FTT_BDL,
          Guard.ZONE_FTT_BUA);

  static final List<Guard> LEAVING_TB = List.of(Guard.TB_REQUIRED, Guard.ZONE_TB_REQUIRED);

  private MembershipPlans() {}

  static List<Plan> all() {
    List<Plan> plans = new ArrayList<>(List.of(addAccess(), addShadow()));
    plans.addAll(addTieBreaker());
    for (When.Qmr qmr : List.of(When.Qmr.STAYS, When.Qmr.RISES)) {
      plans.addAll(addDiskful(qmr, qmr == When.Qmr.RISES ? "-qmr-up/v1" : "/v1"));
    }
    plans.addAll(List.of(removeAccess(), removeShadow()));
    plans.addAll(removeTieBreaker());
    for (When.Qmr qmr : List.of(When.Qmr.STAYS, When.Qmr.FALLS)) {
      plans.addAll(removeDiskful(qmr, qmr == When.Qmr.FALLS ? "-qmr-down" : ""));
    }
    return plans;
  }

  private static Plan addAccess() {
    return add("access/v1", Path.joining(ALWAYS, ACCESS), Guard.ACCESS_ALLOWED);
  }

  private static List<Plan> addTieBreaker() {
    return List.of(
        add("tiebreaker/v1", Path.joining(ALWAYS.tieBreaker(false), TIE_BREAKER)),
        add("tiebreaker-past-tb/v1", Path.joining(ALWAYS.tieBreaker(true), ACCESS, TIE_BREAKER)));
  }

  private static Plan addShadow() {
    return add(
        "shadow-diskful/v1",
        Path.joining(ALWAYS, LIMINAL_SHADOW_DISKFUL, SHADOW_DISKFUL),
        Guard.SHADOWS_SUPPORTED);
  }

  private static List<Plan> addDiskful(When.Qmr qmr, String end) {
    When even = EVEN.qmr(qmr);
    When odd = ODD.qmr(qmr);
    return List.of(
        add(
            "diskful" + end,
            Path.joining(even.tieBreaker(false).viaShadow(false), LIMINAL_DISKFUL, DISKFUL)),
        add(
            "diskful-past-tb" + end,
            Path.joining(even.tieBreaker(true), ACCESS, TIE_BREAKER, LIMINAL_DISKFUL, DISKFUL)),
        add(
            "diskful-q-up" + end,
            Path.joining(odd.viaShadow(false), ACCESS, LIMINAL_DISKFUL, DISKFUL)),
        add(
            "diskful-via-sd" + end,
            Path.joining(
                even.tieBreaker(false).viaShadow(true),
                LIMINAL_SHADOW_DISKFUL,
                SHADOW_DISKFUL,
                DISKFUL),
            Guard.SHADOWS_SUPPORTED),
        add(
            "diskful-via-sd-q-up" + end,
            Path.joining(
                odd.viaShadow(true),
                LIMINAL_SHADOW_DISKFUL,
                SHADOW_DISKFUL,
                LIMINAL_SHADOW_DISKFUL,
                LIMINAL_DISKFUL,
                DISKFUL),
            Guard.SHADOWS_SUPPORTED));
  }

  private static Plan add(String id, Path path, Guard... more) {
    List<Guard> guards = Stream.concat(JOINING.stream(), Stream.of(more)).toList();
    return path.plan(TransitionKind.ADD_MEMBER, id, "Adding %s member", guards);
  }

  private static Plan removeAccess() {
    return remove("access/v1", Path.leaving(ALWAYS, ACCESS), List.of());
  }

  private static List<Plan> removeTieBreaker() {
    return List.of(
        remove("tiebreaker/v1", Path.leaving(ALWAYS.tieBreaker(false), TIE_BREAKER), LEAVING_TB),
        remove(
            "tiebreaker-past-tb/v1",
            Path.leaving(ALWAYS.tieBreaker(true), TIE_BREAKER, ACCESS),
            LEAVING_TB));
  }

  private static Plan removeShadow() {
    return remove(
        "shadow-diskful/v1",
        Path.leaving(ALWAYS, SHADOW_DISKFUL, LIMINAL_SHADOW_DISKFUL),
        List.of());
  }

  private static List<Plan> removeDiskful(When.Qmr qmr, String middle) {
    List<Guard> guards =
        Stream.concat(LEAVING_D.stream(), Stream.of(Guard.TB_READY))
            .filter(guard -> guard != Guard.QMR_READY || qmr == When.Qmr.STAYS)
            .toList();
    When odd = ODD.qmr(qmr);
    return List.of(
        remove(
            "remove-diskful" + middle + "/v1",
            Path.leaving(odd.tieBreaker(false), DISKFUL, LIMINAL_DISKFUL),
            guards),
        remove(
            "remove-diskful-past-tb" + middle + "/v1",
            Path.leaving(odd.tieBreaker(true), DISKFUL, LIMINAL_DISKFUL, TIE_BREAKER, ACCESS),
            guards),
        remove(
            "remove-diskful" + middle + "-q-down/v1",
            Path.leaving(EVEN.qmr(qmr), DISKFUL, LIMINAL_DISKFUL, ACCESS),
            guards));
  }

  private static Plan remove(String id, Path path, List<Guard> more) {
    List<Guard> guards = Stream.concat(Stream.of(Guard.NOT_ATTACHED), more.stream()).toList();
    return path.plan(TransitionKind.REMOVE_MEMBER, id, "Removing %s member", guards);
  }
}
