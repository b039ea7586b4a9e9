package io.kneard.daemon;

import io.kneard.lock.LockTiming;
import io.kneard.lock.Renewal;
import io.kneard.metrics.Duties;
import io.kneard.metrics.HostView;
import io.kneard.metrics.Metrics;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.Lock;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the supervisor does and knows, in the words of {@link Metrics}. Times are of Uptime. */
final class HostMetrics implements HostObserver {
  /** More than any turn of the supervisor's loop takes. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

  private final Metrics metrics;
  private final LockTiming timing;
  private final long startedAt;
  private volatile long decidedAt;
  private long leavingSince; // of the supervisor's thread

  HostMetrics(Metrics metrics, LockTiming timing, long now) {
    this.metrics = metrics;
    this.timing = timing;
    this.startedAt = now;
    this.decidedAt = now;
    for (State from : State.values()) {
      for (State to : State.values()) {
        if (from.mayBecome(to)) {
          metrics.expectStateChange(from.title(), to.title());
        }
      }
    }
  }

  @Override
  public void decided(Supervision before, Supervision after, long now) {
    decidedAt = now;
    if (before.state() != after.state()) {
      metrics.stateChanged(before.state().title(), after.state().title());
    }
    if (before.key() instanceof Key.GoingIn in && !in.equals(after.key())) {
      goingIn(in, after.key(), now);
    }
    if (after.key() instanceof Key.GoingOut && !(before.key() instanceof Key.GoingOut)) {
      leavingSince = now;
    } else if (before.key() instanceof Key.GoingOut && !after.key().mayBeInProcess()) {
      metrics.demoted(after.node() instanceof Node.Up ? "hot" : "stop", nanos(now - leavingSince));
    } else if (before.key() instanceof Key.Live && !after.key().mayBeInProcess()) {
      metrics.demoted("exit", Duration.ZERO);
    }
  }

  private void goingIn(Key.GoingIn before, Key after, long now) {
    boolean sameAttempt = after instanceof Key.GoingIn in && in.since() == before.since();
    if (!sameAttempt) {
      metrics.promoted(
          name(before.mode()),
          after instanceof Key.Live ? "live" : "failed",
          nanos(now - before.since()));
    }
  }

  private static String name(Promotion mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void renewed(Renewal outcome, Duration latency) {
    String name =
        outcome instanceof Renewal.Renewed
            ? "renewed"
            : outcome instanceof Renewal.Gone ? "gone" : "unreachable";
    metrics.renewed(name, latency);
  }

  @Override
  public void neardKilled(String why) {
    metrics.fenceKilled();
  }

  /**
   * What is wrong with the supervisor; empty if nothing is.
   *
   * @param statusInterval how often it decides at least, as long as its loop runs
   */
  Optional<String> problem(Duration statusInterval, long now) {
    Duration silence = nanos(now - decidedAt);
    return silence.compareTo(statusInterval.plus(LONGEST_TURN)) > 0
        ? Optional.of("the supervisor has not decided for %d s".formatted(silence.toSeconds()))
        : Optional.empty();
  }

  /** The page for Prometheus. */
  String page(
      Supervision s, Optional<Duties> duties, Optional<HostView.Cluster> cluster, long now) {
    return metrics.page(
        new HostView(
            s.state().title(),
            seconds(now - s.since()),
            nanos(now - startedAt).toMillis(),
            s.paused(),
            lock(s),
            key(s, now),
            neard(s, duties),
            cluster));
  }

  private static HostView.Lock lock(Supervision s) {
    Lock lock = s.lock();
    OptionalLong epoch =
        lock.seen().map(seen -> OptionalLong.of(seen.epoch())).orElse(OptionalLong.empty());
    Optional<Boolean> reachable =
        lock.problem().isPresent() || lock.seen().isPresent()
            ? Optional.of(lock.problem().isEmpty())
            : Optional.empty();
    return new HostView.Lock(s.holdsLock(), epoch, reachable);
  }

  private HostView.Key key(Supervision s, long now) {
    OptionalDouble deadline =
        s.deadline().map(at -> OptionalDouble.of(seconds(at - now))).orElse(OptionalDouble.empty());
    return new HostView.Key(
        s.key().mayBeInProcess(),
        s.key() instanceof Key.Live,
        deadline,
        seconds(timing.killAfter().toNanos()));
  }

  private static HostView.Neard neard(Supervision s, Optional<Duties> duties) {
    Optional<HostView.Answer> answer =
        s.node() instanceof Node.Up up && up.failures() == 0
            ? Optional.of(new HostView.Answer(up.view().height(), up.view().syncing()))
            : Optional.empty();
    boolean inSync = answer.filter(now -> !now.syncing()).isPresent();
    return new HostView.Neard(s.restarts(), answer, inSync ? duties : Optional.empty());
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
