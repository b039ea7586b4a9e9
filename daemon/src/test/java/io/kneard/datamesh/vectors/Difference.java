package io.kneard.datamesh.vectors;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Guard;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Where a decision is another than the recorded one, and why. The first that fits counts. */
enum Difference {
  EIGHT_MEMBERS(
      "More than eight replicas",
      "The metadata has room for seven peers; a ninth replica is refused before it comes here."),
  SYSTEM_NETWORKS(
      "Networks",
      "A host is in the networks its replicas report. There is no configuration of networks beside"
          + " that, so no transition that follows it; changed addresses are repaired."),
  ZONE_ADVICE(
      "Zones for a new D or TB",
      "The specification: advisory, not blocking. The placement prefers, a request is obeyed."),
  LAST_VOTER(
      "Forced removal of the last voter",
      "Refused. The reference allows it, because nobody is left to report a connection."),
  LAST_COPY(
      "Forced removal of the last good copy",
      "Refused while no other member is UpToDate with quorum, unless nothing could be written"
          + " without the copies that are there: the dead disk may be all there is."),
  SHADOW_LEAVES("RemoveMember(sD)", "By way of sD∅, as the specification has it."),
  SHADOW_LOCAL(
      "volumeAccess=Local and sD",
      "The specification skips VolumeAccessLocal when the target is sD. An sD that is not attached"
          + " may become TB."),
  TIE_BREAKER_PRESENT(
      "A tiebreaker beside a voter that joins or leaves",
      "With it, the q of an even number of voters and that of the odd one next to it let two groups"
          + " have quorum while some hosts have applied the one and some the other. The member"
          + " passes through TB, or the tiebreaker is parked, or waits."),
  TIE_BREAKER_MISSING(
      "A D leaves for an even number of voters",
      "TBReady: the tiebreaker that number needs has to be operational before."),
  ZONE_TIE_BREAKER(
      "ZoneTBRequired",
      "Looks at every zone whose loss leaves half of the voters, not only at the last tiebreaker."),
  QMR_READY("QMRReady", "A guard of the specification; the reference has none."),
  QMR_ALONE(
      "qmr↓ without the D",
      "A D that may not leave now does not keep qmr up; it is lowered by a ChangeQuorum."),
  QMR_RISES_LATER(
      "qmr↑",
      "Waits until the copies UpToDate are enough for the new value and for the failures to"
          + " tolerate; else the next failure would freeze I/O."),
  TIE_BREAKERS_LAST(
      "Order within a decision",
      "Requests for a tiebreaker are served after the others, since one may be parked for them."),
  ASKED_AGAIN(
      "A D that leaves after qmr↓",
      "The guards are asked again when qmr is down and the D is about to go."),
  Q_FOLLOWS_VOTERS(
      "q",
      "Always that of the voters of the same revision, also when a forced removal has changed their"
          + " number under a plan; the reference moves it by one."),
  LIMINAL_GOES_ON(
      "A liminal member without a transition", "Goes on from where it is, instead of being left."),
  TOLD("Reasons", "Told also for a ForceDetach, and for a request behind another of its replica."),
  NOT_SYNCED_OR_LINKED(
      "Steps that wait for more than their confirmation",
      "A confirmation says applied, not UpToDate and not connected. A member that gains its vote"
          + " through sD is UpToDate before, one that gains it from A or TB is connected, and qmr↑"
          + " has enough copies. Where the recording does not say, the decision is the same once"
          + " it does."),
  QUORUM_AT_ONCE(
      "First step without effect",
      "A ChangeQuorum whose first step has nothing to change goes on to the second one in the same"
          + " decision; the reference publishes a protection level that is not stored here.");

  private final String what;
  private final String reason;

  Difference(String what, String reason) {
    this.what = what;
    this.reason = reason;
  }

  String what() {
    return what;
  }

  String reason() {
    return reason;
  }

  /** The difference between two decisions on one picture, if it is a known one. */
  static Optional<Difference> between(Decision recorded, Decision own, Picture picture) {
    for (Difference difference : values()) {
      if (difference.explains(recorded, own, picture)) {
        return Optional.of(difference);
      }
    }
    return Optional.empty();
  }

  private boolean explains(Decision recorded, Decision own, Picture picture) {
    return switch (this) {
      case EIGHT_MEMBERS, NOT_SYNCED_OR_LINKED -> false;
      case SYSTEM_NETWORKS -> starts(own, "RepairAddresses") && !starts(recorded, "RepairAdd");
      case ZONE_ADVICE -> recorded.blocked().containsValue(Reasons.ZONE_ADVICE);
      case LAST_VOTER -> own.blocked().containsValue(Guard.VOTER_REMAINS.title());
      case LAST_COPY -> own.blocked().containsValue(Guard.COPY_REMAINS.title());
      case SHADOW_LEAVES -> starts(own, "RemoveMember shadow-diskful/v1");
      case SHADOW_LOCAL -> shadowLocal(recorded, picture);
      case TIE_BREAKER_PRESENT -> tieBreakerPresent(recorded, own, picture);
      case TIE_BREAKER_MISSING -> own.blocked().containsValue(Guard.TB_READY.title());
      case ZONE_TIE_BREAKER -> own.blocked().containsValue(Guard.ZONE_TB_REQUIRED.title());
      case QMR_READY -> own.blocked().containsValue(Guard.QMR_READY.title());
      case QMR_ALONE -> starts(own, "ChangeQuorum lower") && !starts(recorded, "ChangeQuorum");
      case QMR_RISES_LATER -> recorded.qmr() > own.qmr() || (raises(recorded) && !raises(own));
      case TIE_BREAKERS_LAST -> recorded.inAnyOrder().equals(own.inAnyOrder());
      case ASKED_AGAIN -> askedAgain(recorded, own);
      case Q_FOLLOWS_VOTERS -> starts(recorded, "ForceRemoveMember") && recorded.q() != own.q();
      case LIMINAL_GOES_ON -> hasIdleLiminal(picture);
      case TOLD -> toldMore(recorded, own);
      case QUORUM_AT_ONCE ->
          starts(recorded, "ChangeQuorum lower/v1  0") && starts(own, "ChangeQuorum lower/v1  1");
    };
  }

  private static boolean starts(Decision decision, String transition) {
    return decision.transitions().stream().anyMatch(t -> t.startsWith(transition));
  }

  private static boolean raises(Decision decision) {
    return starts(decision, "ChangeQuorum raise/v1")
        || starts(decision, "ChangeQuorum lower-q-raise-qmr");
  }

  private static boolean shadowLocal(Decision recorded, Picture picture) {
    boolean shadow =
        picture.requests().stream()
            .anyMatch(
                r ->
                    r instanceof Request.ChangeType change
                        && (change.type() == MemberType.SHADOW_DISKFUL
                            || isShadow(picture, r.replica())));
    return shadow
        && (recorded.blocked().containsValue(Guard.VOLUME_ACCESS_LOCAL.title())
            || recorded.blocked().containsValue(Guard.ACCESS_ALLOWED.title()));
  }

  private static boolean isShadow(Picture picture, int id) {
    Predicate<Member> shadow = member -> member.type() == MemberType.SHADOW_DISKFUL;
    return picture.volume().mesh().member(id).filter(shadow).isPresent();
  }

  private static boolean tieBreakerPresent(Decision recorded, Decision own, Picture picture) {
    boolean none =
        recorded.members().stream().noneMatch(member -> member.contains(":TB"))
            && picture.volume().mesh().tieBreakers().isEmpty();
    if (none) {
      return false;
    }
    boolean past =
        own.transitions().stream().anyMatch(t -> t.contains("past-tb") || t.contains("parked"));
    boolean refused = own.blocked().containsValue(Block.NO_SPLIT_BRAIN);
    Set<String> gone = new TreeSet<>(recorded.transitions());
    gone.removeAll(own.transitions());
    boolean held =
        gone.stream()
            .anyMatch(t -> t.contains("-q-") && own.transitions().contains(unpublished(t)));
    boolean tieBreakerWaits =
        gone.stream().anyMatch(t -> t.contains(" tiebreaker/v1 "))
            && own.blocked().containsValue(Block.PARALLELISM);
    boolean notViaShadow = gone.stream().anyMatch(t -> t.contains("tb-to-d-via-sd/v1"));
    return past || refused || held || tieBreakerWaits || notViaShadow;
  }

  private static String unpublished(String transition) {
    return transition.substring(0, transition.indexOf('@')) + "@0";
  }

  private static boolean askedAgain(Decision recorded, Decision own) {
    return recorded.transitions().stream()
        .anyMatch(
            t -> t.matches("RemoveMember .*-qmr-down.* 1@.*") && !own.transitions().contains(t));
  }

  private static boolean hasIdleLiminal(Picture picture) {
    return picture.volume().mesh().members().stream()
        .filter(member -> member.type().liminal())
        .anyMatch(
            member ->
                picture.volume().transitions().stream().noneMatch(t -> t.concerns(member.id())));
  }

  private static boolean toldMore(Decision recorded, Decision own) {
    Decision silent =
        new Decision(
            own.revision(),
            own.q(),
            own.qmr(),
            own.multiattach(),
            own.members(),
            own.transitions(),
            recorded.blocked());
    return silent.equals(recorded) && own.blocked().size() > recorded.blocked().size();
  }
}
