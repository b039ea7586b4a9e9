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

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table ChangeMemberType of the specification, row by row, and the rows past-tb (see {@link
 * MembershipPlans}).
 */
final class ChangeTypePlans {
  private static final List<Guard> NONE = List.of();
  private static final List<Guard> SHADOW = List.of(Guard.SHADOWS_SUPPORTED);
  private static final List<Guard> LEAVING_DATA = List.of(Guard.VOLUME_ACCESS_LOCAL);
  private static final List<Guard> TO_ACCESS = List.of(Guard.ACCESS_ALLOWED);
  private static final List<Guard> LEAVING_D_FOR_ACCESS =
      and(MembershipPlans.LEAVING_D, List.of(Guard.ACCESS_ALLOWED, Guard.TB_READY));
  private static final List<Guard> LEAVING_D_FOR_SHADOW =
      and(MembershipPlans.LEAVING_D, List.of(Guard.SHADOWS_SUPPORTED, Guard.TB_READY));

  private ChangeTypePlans() {}

  static List<Plan> all() {
    List<Plan> plans = new ArrayList<>();
    plans.addAll(amongDiskless());
    plans.addAll(gainingVote("a", ACCESS, NONE));
    plans.add(
        change(
            "a-to-d-past-tb/v1",
            Path.changing(EVEN.tieBreaker(true), ACCESS, TIE_BREAKER, LIMINAL_DISKFUL, DISKFUL),
            NONE));
    plans.addAll(gainingVote("tb", TIE_BREAKER, MembershipPlans.LEAVING_TB));
    plans.addAll(losingVote("a", ACCESS, LEAVING_D_FOR_ACCESS));
    plans.add(
        change(
            "d-to-a-past-tb/v1",
            Path.changing(ODD.tieBreaker(true), DISKFUL, LIMINAL_DISKFUL, TIE_BREAKER, ACCESS),
            LEAVING_D_FOR_ACCESS));
    plans.addAll(losingVote("tb", TIE_BREAKER, MembershipPlans.LEAVING_D));
    plans.addAll(shadowAndDiskless());
    plans.add(parked());
    plans.addAll(shadowToDiskful());
    plans.addAll(diskfulToShadow());
    return plans;
  }

  private static List<Plan> amongDiskless() {
    return List.of(
        change("a-to-tb/v1", Path.changing(ALWAYS, ACCESS, TIE_BREAKER), NONE),
        change(
            "tb-to-a/v1",
            Path.changing(ALWAYS, TIE_BREAKER, ACCESS),
            and(TO_ACCESS, MembershipPlans.LEAVING_TB)));
  }

  /** Not asked for by anybody, so it has no end to be found by. */
  private static Plan parked() {
    Plan plan =
        change(
            "tb-parked/v1", Path.changing(ALWAYS, TIE_BREAKER, ACCESS), MembershipPlans.LEAVING_TB);
    return new Plan(
        plan.kind(),
        plan.id(),
        plan.group(),
        "Parking %s member",
        plan.from(),
        Optional.empty(),
        plan.when(),
        plan.guards(),
        plan.steps());
  }

  private static List<Plan> gainingVote(String name, MemberType from, List<Guard> guards) {
    When evenPlain = EVEN.viaShadow(false);
    return List.of(
        change(
            name + "-to-d/v1",
            Path.changing(
                from == TIE_BREAKER ? evenPlain : evenPlain.tieBreaker(false),
                from,
                LIMINAL_DISKFUL,
                DISKFUL),
            guards),
        change(
            name + "-to-d-q-up/v1",
            Path.changing(ODD.viaShadow(false), from, LIMINAL_DISKFUL, DISKFUL),
            guards),
        change(
            name + "-to-d-via-sd/v1",
            Path.changing(
                EVEN.viaShadow(true), from, LIMINAL_SHADOW_DISKFUL, SHADOW_DISKFUL, DISKFUL),
            and(guards, SHADOW)),
        change(
            name + "-to-d-via-sd-q-up/v1",
            Path.changing(
                ODD.viaShadow(true),
                from,
                LIMINAL_SHADOW_DISKFUL,
                SHADOW_DISKFUL,
                LIMINAL_SHADOW_DISKFUL,
                LIMINAL_DISKFUL,
                DISKFUL),
            and(guards, SHADOW)));
  }

  private static List<Plan> losingVote(String name, MemberType to, List<Guard> guards) {
    return List.of(
        change(
            "d-to-" + name + "/v1",
            Path.changing(
                to == TIE_BREAKER ? ODD : ODD.tieBreaker(false), DISKFUL, LIMINAL_DISKFUL, to),
            guards),
        change(
            "d-to-" + name + "-q-down/v1",
            Path.changing(EVEN, DISKFUL, LIMINAL_DISKFUL, to),
            guards));
  }

  private static List<Plan> shadowAndDiskless() {
    return List.of(
        change(
            "a-to-sd/v1",
            Path.changing(ALWAYS, ACCESS, LIMINAL_SHADOW_DISKFUL, SHADOW_DISKFUL),
            SHADOW),
        change(
            "sd-to-a/v1",
            Path.changing(ALWAYS, SHADOW_DISKFUL, LIMINAL_SHADOW_DISKFUL, ACCESS),
            and(LEAVING_DATA, TO_ACCESS)),
        change(
            "tb-to-sd/v1",
            Path.changing(ALWAYS, TIE_BREAKER, LIMINAL_SHADOW_DISKFUL, SHADOW_DISKFUL),
            and(SHADOW, MembershipPlans.LEAVING_TB)),
        change(
            "sd-to-tb/v1",
            Path.changing(ALWAYS, SHADOW_DISKFUL, LIMINAL_SHADOW_DISKFUL, TIE_BREAKER),
            LEAVING_DATA));
  }

  private static List<Plan> shadowToDiskful() {
    return List.of(
        change(
            "sd-to-d/v1", Path.changing(EVEN.tieBreaker(false), SHADOW_DISKFUL, DISKFUL), SHADOW),
        change(
            "sd-to-d-past-tb/v1",
            Path.changing(
                EVEN.tieBreaker(true),
                SHADOW_DISKFUL,
                LIMINAL_SHADOW_DISKFUL,
                TIE_BREAKER,
                LIMINAL_DISKFUL,
                DISKFUL),
            SHADOW),
        change(
            "sd-to-d-q-up/v1",
            Path.changing(ODD, SHADOW_DISKFUL, LIMINAL_SHADOW_DISKFUL, LIMINAL_DISKFUL, DISKFUL),
            SHADOW));
  }

  private static List<Plan> diskfulToShadow() {
    return List.of(
        change(
            "d-to-sd/v1",
            Path.changing(ODD.tieBreaker(false), DISKFUL, SHADOW_DISKFUL),
            LEAVING_D_FOR_SHADOW),
        change(
            "d-to-sd-past-tb/v1",
            Path.changing(
                ODD.tieBreaker(true),
                DISKFUL,
                LIMINAL_DISKFUL,
                TIE_BREAKER,
                LIMINAL_SHADOW_DISKFUL,
                SHADOW_DISKFUL),
            LEAVING_D_FOR_SHADOW),
        change(
            "d-to-sd-q-down/v1",
            Path.changing(EVEN, DISKFUL, LIMINAL_DISKFUL, LIMINAL_SHADOW_DISKFUL, SHADOW_DISKFUL),
            LEAVING_D_FOR_SHADOW));
  }

  private static List<Guard> and(List<Guard> some, List<Guard> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static Plan change(String id, Path path, List<Guard> guards) {
    return path.plan(TransitionKind.CHANGE_MEMBER_TYPE, id, "Changing %s member to %s", guards);
  }
}
