package io.kneard.config;

import io.kneard.lock.LockTiming;
import java.util.Optional;

/** Named sets of lock times; single ones can be set on top. */
public enum Profile {
  /** The original's times: 30 s, 20 s, 5 s. */
  REFERENCE,
  /**
   * Consul: the shortest that its smallest TTL allows: 10 s, 6 s, 3 s. Embedded: 7 s, 4 s, 2.5 s.
   */
  FAST,
  /** No times of its own: ttl, stop-after and fence-bound have to be set. */
  CUSTOM;

  /** The times, for a lock that is kept there. */
  Optional<LockTiming> timing(LockBackend backend) {
    return switch (this) {
      case REFERENCE -> Optional.of(LockTiming.REFERENCE);
      case FAST ->
          Optional.of(backend == LockBackend.EMBEDDED ? LockTiming.FAST_EMBEDDED : LockTiming.FAST);
      case CUSTOM -> Optional.empty();
    };
  }
}
