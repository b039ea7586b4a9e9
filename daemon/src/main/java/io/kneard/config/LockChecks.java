package io.kneard.config;

import io.kneard.lock.LockTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the lock's times keep two hosts from signing at once. */
final class LockChecks {
  /** Consul takes no shorter TTL unless its configuration says otherwise (facts: measured). */
  private static final Duration CONSUL_SMALLEST = Duration.ofSeconds(10);

  private static final List<Key<?>> TIMES =
      List.of(Keys.TTL, Keys.STOP_AFTER, Keys.FENCE_BOUND, Keys.LOCK_DELAY, Keys.NODE_CHECK);

  private static final String MEND =
      "change what was set, on every host alike; docs/failover.md says why";

  private LockChecks() {}

  static List<Complaint> complaints(Values values, Map<Key<?>, Given> given) {
    List<Complaint> complaints = new ArrayList<>();
    if (values.find(Keys.PROFILE).equals(Optional.of(Profile.CUSTOM))) {
      TIMES.stream()
          .filter(key -> !given.containsKey(key))
          .forEach(
              key ->
                  complaints.add(Complaint.missing(key, "required by lock.profile = custom", "")));
    }
    if (embedded(values) && values.find(Keys.NODE_CHECK).equals(Optional.of(true))) {
      complaints.add(
          Complaint.about(
              Keys.NODE_CHECK, given.get(Keys.NODE_CHECK), "only with lock.backend = consul"));
    }
    if (TIMES.stream().allMatch(key -> values.find(key).isPresent())) {
      LockTiming.problem(
              values.get(Keys.TTL),
              values.get(Keys.STOP_AFTER),
              values.get(Keys.FENCE_BOUND),
              values.get(Keys.LOCK_DELAY),
              values.get(Keys.NODE_CHECK))
          .ifPresent(
              text -> {
                String message = text + chosen(values);
                complaints.add(new Complaint("lock", message, message, MEND));
              });
    }
    return complaints;
  }

  private static boolean embedded(Values values) {
    return values.find(Keys.LOCK_BACKEND).equals(Optional.of(LockBackend.EMBEDDED));
  }

  /** Of values that were checked; empty if one is missing. */
  static Optional<LockTiming> timing(Values values) {
    if (!TIMES.stream().allMatch(key -> values.find(key).isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        new LockTiming(
            values.get(Keys.TTL),
            values.get(Keys.STOP_AFTER),
            values.get(Keys.FENCE_BOUND),
            values.get(Keys.LOCK_DELAY),
            values.get(Keys.NODE_CHECK)));
  }

  static Optional<String> warning(Values values) {
    return values
        .find(Keys.TTL)
        .filter(ttl -> !embedded(values) && ttl.compareTo(CONSUL_SMALLEST) < 0)
        .map(
            ttl ->
                "lock.ttl = %s: Consul refuses less than 10s unless its session_ttl_min allows it"
                    .formatted(Durations.show(ttl)));
  }

  /** Which of the times somebody has chosen, and where; the others are known from the profile. */
  private static String chosen(Values values) {
    List<String> chosen =
        Stream.concat(Stream.of(Keys.PROFILE), TIMES.stream())
            .flatMap(key -> values.shown(key).stream().map(shown -> Map.entry(key, shown)))
            .filter(entry -> entry.getValue().origin().isChosen())
            .map(entry -> entry.getKey() + " from " + entry.getValue().origin())
            .toList();
    return chosen.isEmpty() ? "" : "; " + String.join(", ", chosen);
  }
}
