package io.kneard.lock.embedded;

import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this host has seen of the lock and for how long, on its own clock. Times are nanoseconds of
 * a clock that only goes on, taken after the answer: what was seen was written before.
 */
final class Watch {
  private record Sight(long beat, long since) {}

  private record Left(Sign sign, long since) {}

  private final Map<String, Sight> sights = new HashMap<>();
  private Optional<Left> left = Optional.empty();
  private Duration longest;

  /**
   * Nothing was seen yet.
   *
   * @param ttl of this host's own sessions
   */
  Watch(Duration ttl) {
    this.longest = ttl;
  }

  /** These are the sessions now. */
  synchronized void seen(List<Pulse> pulses, long now) {
    Map<String, Sight> next = new HashMap<>();
    for (Pulse pulse : pulses) {
      longest = longer(longest, pulse.ttl());
      Sight before = sights.get(pulse.session());
      boolean same = before != null && before.beat() == pulse.beat();
      next.put(pulse.session(), same ? before : new Sight(pulse.beat(), now));
    }
    sights.clear();
    sights.putAll(next);
  }

  /** Those that have not been renewed for their TTL. */
  synchronized List<Pulse> stale(List<Pulse> pulses, long now) {
    return pulses.stream()
        .filter(
            pulse -> {
              Sight sight = sights.get(pulse.session());
              return sight != null
                  && sight.beat() == pulse.beat()
                  && now - sight.since() >= pulse.ttl().toNanos();
            })
        .toList();
  }

  /** The longest TTL of any session ever seen: hosts may have different settings. */
  synchronized Duration longestTtl() {
    return longest;
  }

  /** This is the lock's row now. */
  synchronized void row(LeaderRow row, long now) {
    if (!row.sign().equals(left.map(Left::sign))) {
      left = row.sign().map(sign -> new Left(sign, now));
    }
  }

  /**
   * Whether somebody may still sign, by the last sign of life in a row that is free: he who left
   * it, or, if the row was made, whoever held a lock that this database has forgotten.
   */
  synchronized boolean mayBeSigning(LeaderRow row, long now) {
    if (row.released() || row.sign().isEmpty()) {
      return false;
    }
    Duration quiet = row.sign().get().quietAfter();
    Duration time = row.made().isPresent() ? longer(longest, quiet) : quiet;
    return left.filter(seen -> now - seen.since() >= time.toNanos()).isEmpty();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
