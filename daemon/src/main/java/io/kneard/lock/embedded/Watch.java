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

  private record Made(Sign sign, long since) {}

  private final Map<String, Sight> sights = new HashMap<>();
  private Optional<Made> madeAt = Optional.empty();

  /** These are the sessions now. */
  synchronized void seen(List<Pulse> pulses, long now) {
    Map<String, Sight> next = new HashMap<>();
    for (Pulse pulse : pulses) {
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

  /** This is the lock's row now. */
  synchronized void row(LeaderRow row, long now) {
    if (!row.made().equals(madeAt.map(Made::sign))) {
      madeAt = row.made().map(sign -> new Made(sign, now));
    }
  }

  /**
   * Whether the row was made so lately that who held a lock that this database has forgotten may
   * still sign.
   */
  synchronized boolean isNew(LeaderRow row, Duration time, long now) {
    return row.made().isPresent()
        && madeAt.filter(seen -> now - seen.since() >= time.toNanos()).isEmpty();
  }
}
