package io.kneard.supervisor;

import java.util.Optional;

/**
 * The volume that goes with the validator, as far as the supervisor knows.
 *
 * @param asked whether it was last ordered to be attached, or detached; empty: neither yet
 * @param askedAt when
 * @param attached whether it may be attached here: it was ordered, or the last look found it so
 * @param usable whether the last look since then found that it can be written
 * @param usableAt when the last look that found this was begun; empty: none since it was ordered,
 *     or since it was decided to go on without it
 * @param how what the last look found, for people
 */
public record Bound(
    Optional<Boolean> asked,
    long askedAt,
    boolean attached,
    boolean usable,
    Optional<Long> usableAt,
    String how) {

  static final Bound NONE =
      new Bound(Optional.empty(), 0, false, false, Optional.empty(), "not looked at yet");

  Bound ordered(boolean attach, long now) {
    return new Bound(
        Optional.of(attach), now, attached || attach, false, Optional.empty(), "not looked at yet");
  }

  /** Looks that began before the last order say nothing about what came of it. */
  Bound seen(Event.VolumeSeen look) {
    if (asked.isPresent() && look.askedAt() - askedAt < 0) {
      return this;
    }
    Optional<Long> at = look.usable() ? Optional.of(look.askedAt()) : usableAt;
    return new Bound(asked, askedAt, look.attached(), look.usable(), at, look.how());
  }

  Bound waived() {
    return new Bound(asked, askedAt, attached, usable, Optional.empty(), how);
  }
}
