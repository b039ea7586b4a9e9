package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.lock.Candidates;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Observation;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A planned handover to another host, checked before and watched until it has ended. */
final class Switchover {
  /** How long the supervisor may take to begin. */
  private static final Duration BEGINS = Duration.ofSeconds(2);

  /** How long another host may take: the fence bound, the handover's life and some more. */
  private static final Duration ENDS = Duration.ofSeconds(40);

  private final Supervised host;
  private final LeaderLock lock;
  private final String self;
  private final ReentrantLock turn = new ReentrantLock();

  Switchover(Supervised host, LeaderLock lock, String self) {
    this.host = host;
    this.lock = lock;
    this.self = self;
  }

  /** Hands over; one at a time, because a second one would count the first one's gap. */
  SwitchoverReport run(SwitchoverRequest request) throws Refusal {
    if (!turn.tryLock()) {
      throw Refusal.busy("another handover is being carried out");
    }
    try {
      return inTurn(request);
    } finally {
      turn.unlock();
    }
  }

  private SwitchoverReport inTurn(SwitchoverRequest request) throws Refusal {
    Optional<String> to = Optional.ofNullable(request.to());
    Supervision before = host.current();
    possible(before);
    target(to);
    long begun = host.now();
    host.tell(new Event.SwitchoverRequested(to.map(name -> new Handover(name, Rules.HANDOVER))));
    try {
      if (host.await(s -> s.notBefore() != before.notBefore(), BEGINS).isEmpty()) {
        Supervision now = host.current();
        throw Refusal.refused(
            "%s did not begin: it is in %s now (%s)"
                .formatted(self, now.state().title(), now.why()));
      }
      return report(begun, before.acquired().index());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy("the daemon is stopping; look at `kneardctl active-validator`");
    }
  }

  private void possible(Supervision s) throws Refusal {
    if (s.state() != State.VALIDATING) {
      String holder =
          s.lock()
              .seen()
              .filter(seen -> seen.session().isPresent())
              .flatMap(Observation.Seen::holder)
              .map(is -> "; " + is.nodeId() + " holds the lock: ask its daemon")
              .orElse("");
      throw Refusal.wrongState(
          "%s is in %s, a handover starts from Validating%s"
              .formatted(self, s.state().title(), holder));
    }
    if (!(s.key() instanceof Key.Live)) {
      throw Refusal.refused("the key of " + self + " is not live yet; try again in a moment");
    }
    if (s.paused()) {
      throw Refusal.refused(self + " is paused; `kneardctl resume` it first");
    }
    if (s.plan().active()) {
      throw Refusal.refused(
          "a maintenance shutdown is under way (%s); wait for it, or `kneardctl maintenance-shutdown --cancel`"
              .formatted(s.plan().message()));
    }
  }

  /** That somebody is there to take over: else the key would go out for nothing. */
  private void target(Optional<String> to) throws Refusal {
    if (to.filter(self::equals).isPresent()) {
      throw Refusal.refused(self + " signs already");
    }
    Candidates asked = lock.candidates();
    if (asked instanceof Candidates.Unreachable unreachable) {
      throw Refusal.upstream("which hosts stand ready could not be asked: " + unreachable.why());
    }
    List<String> ready =
        ((Candidates.Found) asked)
            .hosts().stream()
                .map(Holder::nodeId)
                .filter(name -> !name.equals(self))
                .distinct()
                .sorted()
                .toList();
    if (ready.isEmpty()) {
      throw Refusal.refused("no other host is in sync, voting and not paused");
    }
    if (to.isPresent() && !ready.contains(to.get())) {
      throw Refusal.refused(
          "%s is not in sync, voting and not paused; ready: %s"
              .formatted(to.get(), String.join(", ", ready)));
    }
  }

  private SwitchoverReport report(long begun, long oldIndex) throws InterruptedException {
    Optional<Supervision> ended =
        host.await(s -> other(s, oldIndex).isPresent() || backHere(s, begun), ENDS);
    Optional<Observation.Seen> winner = ended.flatMap(s -> other(s, oldIndex));
    if (winner.isEmpty()) {
      return new SwitchoverReport(self, null, null, nobody(ended));
    }
    String to = winner.get().holder().orElseThrow().nodeId();
    long gap = TimeUnit.NANOSECONDS.toMillis(ended.get().lock().seenAt() - begun);
    return new SwitchoverReport(
        self, to, gap, "%s handed over to %s in %d ms".formatted(self, to, gap));
  }

  private String nobody(Optional<Supervision> ended) {
    return ended.isPresent()
        ? "no other host took over in time; %s signs again".formatted(self)
        : "no host has confirmed within %d s that it signs; %s is in %s: look at `kneardctl status` on every host"
            .formatted(ENDS.toSeconds(), self, host.current().state().title());
  }

  /** Another host that has confirmed that it signs, since this one gave the lock back. */
  private Optional<Observation.Seen> other(Supervision s, long oldIndex) {
    return s.lock()
        .seen()
        .filter(seen -> seen.index() > oldIndex && seen.live() && seen.session().isPresent())
        .filter(seen -> seen.holder().filter(is -> !is.nodeId().equals(self)).isPresent());
  }

  private static boolean backHere(Supervision s, long begun) {
    return s.state() == State.VALIDATING
        && s.key() instanceof Key.Live live
        && live.since() - begun > 0;
  }
}
