package io.kneard.operations;

import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.StatusReport;
import io.kneard.lock.Holder;
import io.kneard.lock.Observation;
import io.kneard.supervisor.Bound;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Session;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How what the supervisor knows is shown to people and programs. */
final class StatusView {
  private StatusView() {}

  /**
   * The report.
   *
   * @param now on the supervisor's clock, nanoseconds
   * @param wall the same moment on the wall clock
   */
  static StatusReport of(
      Supervision s,
      Identity self,
      Optional<Long> neardPid,
      MaintenanceReport maintenance,
      Optional<String> database,
      long now,
      Instant wall) {
    return new StatusReport(
        self.nodeId(),
        self.accountId(),
        self.version(),
        self.pid(),
        s.state().title(),
        wall.minusNanos(now - s.since()),
        s.why(),
        s.paused(),
        key(s.key()),
        s.deadline().map(deadline -> seconds(deadline - now)).orElse(null),
        lock(s, self),
        neard(s, neardPid),
        maintenance,
        database.orElse(null),
        self.volume().map(name -> volume(name, s, now, wall)).orElse(null));
  }

  private static StatusReport.Volume volume(String name, Supervision s, long now, Instant wall) {
    Bound bound = s.bound();
    return new StatusReport.Volume(
        name,
        bound.attached(),
        bound.usable(),
        bound.how(),
        s.waitsForVolumeSince().map(since -> wall.minusNanos(now - since)).orElse(null));
  }

  private static String key(Key key) {
    if (key instanceof Key.GoingIn) {
      return "going in";
    } else if (key instanceof Key.Live) {
      return "live";
    } else if (key instanceof Key.GoingOut) {
      return "going out";
    }
    return "out";
  }

  private static double seconds(long nanos) {
    return Math.max(0, Duration.ofNanos(nanos).toMillis()) / 1000.0;
  }

  private static StatusReport.Lock lock(Supervision s, Identity self) {
    Optional<Observation.Seen> seen = s.lock().seen();
    Optional<Holder> holder =
        seen.filter(lock -> lock.session().isPresent()).flatMap(Observation.Seen::holder);
    return new StatusReport.Lock(
        self.backend(),
        s.lock().problem().isEmpty() && seen.isPresent(),
        s.lock().problem().orElse(seen.isPresent() ? null : "the lock store has not answered yet"),
        s.holdsLock(),
        holder.map(Holder::nodeId).orElse(null),
        holder.map(Holder::hostname).orElse(null),
        seen.map(Observation.Seen::epoch).orElse(null),
        session(s.session()));
  }

  private static String session(Session session) {
    if (session instanceof Session.Open open) {
      return open.id();
    } else if (session instanceof Session.Ending ending) {
      return ending.id();
    }
    return null;
  }

  private static StatusReport.Neard neard(Supervision s, Optional<Long> pid) {
    Optional<Node.Up> up = s.node() instanceof Node.Up is ? Optional.of(is) : Optional.empty();
    Optional<NeardView> view = up.map(Node.Up::view);
    boolean reachable = up.filter(is -> is.failures() == 0).isPresent();
    return new StatusReport.Neard(
        pid.orElse(null),
        role(s.node()),
        view.map(NeardView::version).orElse(null),
        reachable,
        reachable ? null : problem(s),
        view.map(NeardView::height).orElse(null),
        view.map(NeardView::syncing).orElse(null),
        view.flatMap(NeardView::publicKey).orElse(null),
        s.restarts());
  }

  private static String role(Node node) {
    if (node instanceof Node.Starting starting) {
      return starting.role().name().toLowerCase(Locale.ROOT);
    } else if (node instanceof Node.Up up) {
      return up.role().name().toLowerCase(Locale.ROOT);
    }
    return "standby";
  }

  /** What keeps neard from answering: the reason that says most comes first. */
  private static String problem(Supervision s) {
    Node node = s.node();
    if (node instanceof Node.Down down) {
      return "it is not running: " + down.why().orElse("it was not started yet");
    } else if (node instanceof Node.Stopping) {
      return "it is stopping";
    }
    String answer = s.probe().problem().orElse("it has not answered yet");
    return node instanceof Node.Starting starting && starting.before().isPresent()
        ? "%s; the last of %d failed starts: %s"
            .formatted(answer, starting.attempts() - 1, starting.before().get())
        : answer;
  }
}
