package io.kneard.supervisor;

import io.kneard.lock.Observation;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock as last seen in the store.
 *
 * @param seen the last answer
 * @param seenAt when it came
 * @param problem why the last request was not answered; empty if it was
 * @param watching whether a look is under way
 * @param watchAt when to look again
 * @param handoverUntil until when a wish for another host is respected; counted from first seeing
 *     it
 * @param quietAt when every other host that held the lock so far has certainly stopped signing
 * @param freeEpoch the epoch of the lock when it was last seen free: what is taken with the next
 *     one had no other holder since
 */
public record Lock(
    Optional<Observation.Seen> seen,
    long seenAt,
    Optional<String> problem,
    boolean watching,
    long watchAt,
    long handoverUntil,
    long quietAt,
    long freeEpoch) {

  static Lock unknown(long now) {
    return new Lock(Optional.empty(), now, Optional.empty(), false, now, now, now, -1);
  }

  /** The index to wait from. */
  long index() {
    return problem.isPresent() ? 0 : seen.map(Observation.Seen::index).orElse(0L);
  }

  /** A look is under way. */
  Lock watched() {
    return new Lock(seen, seenAt, problem, true, watchAt, handoverUntil, quietAt, freeEpoch);
  }

  /** The clock went on by itself. */
  Lock quietLater(long nanos) {
    return new Lock(
        seen, seenAt, problem, watching, watchAt, handoverUntil, quietAt + nanos, freeEpoch);
  }

  /** A request of any kind was not answered. */
  Lock troubled(String why) {
    return new Lock(
        seen, seenAt, Optional.of(why), watching, watchAt, handoverUntil, quietAt, freeEpoch);
  }

  /** A look was not answered. */
  Lock unseen(String why, long lookAgainAt) {
    return new Lock(
        seen, seenAt, Optional.of(why), false, lookAgainAt, handoverUntil, quietAt, freeEpoch);
  }

  /**
   * A look was answered.
   *
   * @param mine whether the lock is this host's
   * @param otherwise how long a holder that has left no sign of life may go on signing
   */
  Lock seen(Observation.Seen now, boolean mine, Duration otherwise, long at) {
    boolean sameWish =
        seen.map(Observation.Seen::handover).filter(now.handover()::equals).isPresent();
    long until =
        now.handover()
            .map(wish -> sameWish ? handoverUntil : at + wish.lifetime().toNanos())
            .orElse(at);
    long quiet = mine ? quietAt : quietAt(now, otherwise, at);
    long free = now.session().isEmpty() ? now.epoch() : freeEpoch;
    return new Lock(Optional.of(now), at, Optional.empty(), false, at, until, quiet, free);
  }

  /**
   * A holder stops signing a certain time after its last renewal, and each renewal shows in the
   * lock before it counts. So it is quiet that long after its last sign was first seen here, and
   * nothing else has to be known of it. Without signs, or with a first look, the time begins now.
   */
  private long quietAt(Observation.Seen now, Duration otherwise, long at) {
    long fromNow = at + now.sign().map(Sign::quietAfter).orElse(otherwise).toNanos();
    if (seen.filter(before -> now.index() < before.index()).isPresent()) {
      // The store went back to an earlier day: what it says of a release may be long past.
      return Math.max(quietAt, Math.max(fromNow, at + otherwise.toNanos()));
    }
    if (now.released()) {
      return at;
    }
    boolean sameSign =
        now.sign().isPresent() && now.sign().equals(seen.flatMap(Observation.Seen::sign));
    boolean stillFree =
        now.session().isEmpty()
            && now.sign().isEmpty()
            && seen.filter(s -> s.session().isEmpty() && s.sign().isEmpty() && !s.released())
                .isPresent();
    if (sameSign || stillFree) {
      return quietAt;
    }
    return Math.max(quietAt, fromNow);
  }
}
