package io.kneard.datamesh.plan;

import io.kneard.datamesh.Group;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plans that are not about the type of a member, and the forced ones. */
final class MeshPlans {
  private static final List<Guard> DEAD =
      List.of(Guard.NOT_ATTACHED, Guard.UNREACHABLE, Guard.VOTER_REMAINS, Guard.COPY_REMAINS);

  private MeshPlans() {}

  static List<Plan> all() {
    List<Plan> plans = new ArrayList<>();
    plans.add(formation());
    plans.addAll(quorum());
    plans.addAll(use());
    plans.add(
        plan(
            TransitionKind.RESIZE_VOLUME,
            "resize/v1",
            Group.RESIZE,
            "Resizing",
            List.of(Guard.DISKFUL_READY, Guard.NO_RESYNC, Guard.BACKING_GROWN),
            Step.of("resize", Setting.RESIZE, Confirmation.ALL_MEMBERS)));
    plans.add(
        plan(
            TransitionKind.REPAIR_ADDRESSES,
            "repair/v1",
            Group.ADDRESSES,
            "Repairing addresses",
            List.of(),
            Step.of("repair", Setting.REPAIR_ADDRESSES, Confirmation.ALL_CONNECTED)));
    plans.addAll(forced());
    return plans;
  }

  private static Plan formation() {
    return plan(
        TransitionKind.FORMATION,
        "formation/v1",
        Group.FORMATION,
        "Forming the mesh",
        List.of(Guard.NOT_DELETING, Guard.FOUNDERS_READY),
        Step.of("✦ → members", Setting.FOUND, Confirmation.ALL_CONNECTED),
        Step.of("seed", Setting.SEED, Confirmation.ALL_SEEDED),
        Step.of("formed", Setting.FORM, Confirmation.ALL_MEMBERS));
  }

  private static List<Plan> quorum() {
    Step qUp = Step.of("q↑", Setting.CORRECT_Q, Confirmation.ALL_MEMBERS);
    Step qDown = Step.of("q↓", Setting.CORRECT_Q, Confirmation.ALL_MEMBERS);
    Step qmrUp = Step.of("qmr↑", Setting.CORRECT_QMR, Confirmation.ALL_MEMBERS);
    Step qmrDown = Step.of("qmr↓", Setting.CORRECT_QMR, Confirmation.ALL_MEMBERS);
    return List.of(
        quorum("raise/v1", qUp, qmrUp),
        quorum("lower/v1", qmrDown, qDown),
        quorum("raise-q-lower-qmr/v1", qUp, qmrDown),
        quorum("lower-q-raise-qmr/v1", qDown, qmrUp));
  }

  private static Plan quorum(String id, Step... steps) {
    return plan(
        TransitionKind.CHANGE_QUORUM, id, Group.QUORUM, "Adjusting quorum", List.of(), steps);
  }

  private static List<Plan> use() {
    return List.of(
        plan(
            TransitionKind.ATTACH,
            "attach/v1",
            Group.IO,
            "Attaching",
            List.of(
                Guard.NOT_DELETING,
                Guard.HOST_OPERATIONAL,
                Guard.REPLICA_READY,
                Guard.IS_MEMBER,
                Guard.SETTLED_MEMBER,
                Guard.QUORUM,
                Guard.SLOT_FREE,
                Guard.LOCAL_ACCESS),
            Step.of("attach", Setting.ATTACH, Confirmation.SUBJECT)),
        plan(
            TransitionKind.DETACH,
            "detach/v1",
            Group.IO,
            "Detaching",
            List.of(Guard.NOT_IN_USE),
            Step.of("detach", Setting.DETACH, Confirmation.SUBJECT_OR_GONE)),
        plan(
            TransitionKind.ENABLE_MULTIATTACH,
            "enable-multiattach/v1",
            Group.MULTIATTACH,
            "Enabling multiattach",
            List.of(Guard.SEVERAL_ALLOWED),
            Step.of("enable", Setting.ENABLE_MULTIATTACH, Confirmation.DISKS_AND_ATTACHED)),
        plan(
            TransitionKind.DISABLE_MULTIATTACH,
            "disable-multiattach/v1",
            Group.MULTIATTACH,
            "Disabling multiattach",
            List.of(Guard.ONE_ATTACHED_AT_MOST),
            Step.of("disable", Setting.DISABLE_MULTIATTACH, Confirmation.DISKS_AND_ATTACHED)));
  }

  private static List<Plan> forced() {
    return List.of(
        plan(
            TransitionKind.FORCE_DETACH,
            "force-detach/v1",
            Group.EMERGENCY,
            "Force-detaching",
            List.of(Guard.UNREACHABLE),
            Step.of("force detach", Setting.DETACH, Confirmation.NOBODY)),
        forceRemove("access/v1", MemberType.ACCESS, When.ALWAYS),
        forceRemove("tiebreaker/v1", MemberType.TIE_BREAKER, When.ALWAYS),
        forceRemove("shadow-diskful/v1", MemberType.SHADOW_DISKFUL, When.ALWAYS),
        forceRemove("diskful/v1", MemberType.DISKFUL, When.ODD),
        forceRemove("diskful-q-down/v1", MemberType.DISKFUL, When.EVEN));
  }

  private static Plan forceRemove(String id, MemberType from, When when) {
    String name = when.equals(When.EVEN) ? "force remove + q↓" : "force remove";
    return new Plan(
        TransitionKind.FORCE_REMOVE_MEMBER,
        id,
        Group.EMERGENCY,
        "Force-removing %s member",
        Optional.of(from),
        Optional.empty(),
        when,
        DEAD,
        List.of(Step.of(name, Setting.DROP, Confirmation.ALL_MEMBERS)));
  }

  private static Plan plan(
      TransitionKind kind,
      String id,
      Group group,
      String title,
      List<Guard> guards,
      Step... steps) {
    return new Plan(
        kind,
        id,
        group,
        title,
        Optional.empty(),
        Optional.empty(),
        When.ALWAYS,
        guards,
        List.of(steps));
  }
}
