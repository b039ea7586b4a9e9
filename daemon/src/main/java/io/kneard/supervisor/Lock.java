package io.kneard.supervisor;

import io.kneard.lock.Observation;
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
 */
public record Lock(
    Optional<Observation.Seen> seen,
    long seenAt,
    Optional<String> problem,
    boolean watching,
    long watchAt,
    long handoverUntil) {

  static Lock unknown(long now) {
    return new Lock(Optional.empty(), now, Optional.empty(), false, now, now);
  }

  /** The index to wait from. */
  long index() {
    return problem.isPresent() ? 0 : seen.map(Observation.Seen::index).orElse(0L);
  }
}
