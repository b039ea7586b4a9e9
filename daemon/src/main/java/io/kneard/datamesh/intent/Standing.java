package io.kneard.datamesh.intent;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import java.util.Optional;

/**
 * A place, and how its replica stands.
 *
 * @param member what it is in the mesh; empty: no member
 * @param zone of its host; empty where there is none
 * @param inUse whether the volume is attached there, or is to be
 * @param departing whether a transition is under way that ends in another type, or in none
 * @param upToDate whether it is a voter that has the data
 */
record Standing(
    Place place,
    Optional<Member> member,
    Ground ground,
    String zone,
    boolean inUse,
    boolean departing,
    boolean upToDate) {

  int id() {
    return place.replica();
  }

  boolean is(MemberType type) {
    return place.type() == type;
  }

  boolean planned() {
    return place.origin() == Origin.PLANNER;
  }

  boolean attached() {
    return member.filter(Member::attached).isPresent();
  }

  /** Whether it may stay as it is, for all that is wanted and known of its host. */
  boolean sound() {
    return !place.deleted() && ground.holds();
  }

  /** How much of what it is to be it already is: the more, the better. */
  int progress() {
    if (upToDate) {
      return 3;
    }
    boolean there = member.filter(m -> m.type().settled() == place.type()).isPresent();
    return there ? 2 : member.isPresent() ? 1 : 0;
  }

  /** Like {@code #3 on n4}. */
  String name() {
    return "#%d on %s".formatted(id(), place.node());
  }
}
