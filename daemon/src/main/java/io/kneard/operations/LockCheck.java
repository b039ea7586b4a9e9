package io.kneard.operations;

import io.kneard.config.Settings;
import io.kneard.ctl.api.CheckReport.Finding;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lock store: whether it answers, and whether it lets this host open a session. */
final class LockCheck {
  private LockCheck() {}

  static List<Finding> findings(Settings settings, Check.LockMaker locks, boolean running) {
    return switch (settings.lock().backend()) {
      case CONSUL -> consul(settings, locks);
      case EMBEDDED -> running ? embedded(settings, locks) : List.of();
    };
  }

  /** In the cluster's database, to which only the daemon itself has a way. */
  private static List<Finding> embedded(Settings settings, Check.LockMaker locks) {
    try (LeaderLock lock = locks.make(settings)) {
      Observation answer = lock.observe(0, Duration.ZERO);
      return List.of(
          answer instanceof Observation.Unreachable unreachable
              ? Findings.error("lock", unreachable.why(), "see docs/cluster.md, or set consul.urls")
              : Findings.ok("lock", holder((Observation.Seen) answer)));
    } catch (IOException e) {
      return List.of(Findings.error("lock", e.getMessage(), "correct the settings of lock"));
    }
  }

  private static List<Finding> consul(Settings settings, Check.LockMaker locks) {
    String urls =
        settings.consul().urls().stream().map(URI::toString).collect(Collectors.joining(", "));
    try (LeaderLock lock = locks.make(settings)) {
      Observation answer = lock.observe(0, Duration.ZERO);
      if (answer instanceof Observation.Unreachable unreachable) {
        return List.of(
            Findings.error(
                "consul",
                "%s: %s".formatted(urls, unreachable.why()),
                "start Consul, or correct consul.urls"));
      }
      return List.of(Findings.ok("consul", holder((Observation.Seen) answer)), session(lock));
    } catch (IOException e) {
      return List.of(Findings.error("consul", e.getMessage(), "correct the settings of consul"));
    }
  }

  private static String holder(Observation.Seen seen) {
    Optional<Holder> holder = seen.session().flatMap(id -> seen.holder());
    return holder
        .map(is -> "it answers; the lock is held by %s on %s".formatted(is.nodeId(), is.hostname()))
        .orElse("it answers; the lock is free");
  }

  /** A session that does not stand for the lock, for a moment. */
  private static Finding session(LeaderLock lock) {
    Opening opening = lock.open(false);
    if (opening instanceof Opening.Opened opened) {
      lock.destroy(opened.session());
      return Findings.ok("consul session", "this host may open sessions");
    } else if (opening instanceof Opening.Refused refused) {
      return Findings.error(
          "consul session", refused.why(), "correct the token's rights or the times");
    }
    return Findings.error(
        "consul session", ((Opening.Unreachable) opening).why(), "look at Consul's log");
  }
}
