package io.kneard.config;

import io.kneard.lock.LockTiming;
import java.util.Optional;

/** Named sets of lock times; single ones can be set on top. */
public enum Profile {
  /** The original's times: 30 s, 20 s, 5 s. */
  REFERENCE,
  /** The shortest that Consul's smallest TTL allows: 10 s, 6 s, 3 s. */
  FAST,
  /** No times of its own: ttl, stop-after and fence-bound have to be set. */
  CUSTOM;

  Optional<LockTiming> timing() {
    return switch (this) {
      case REFERENCE -> Optional.of(LockTiming.REFERENCE);
      case FAST -> Optional.of(LockTiming.FAST);
      case CUSTOM -> Optional.empty();
    };
  }
}
