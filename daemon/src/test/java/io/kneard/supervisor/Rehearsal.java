package io.kneard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One supervisor on a clock of the test, told facts by hand, with what must always hold checked.
 */
final class Rehearsal {
  static final String KEY = "ed25519:ours";
  static final Duration QUIET = LockTiming.REFERENCE.quietAfter();
  static final long EPOCH = 7;
  static final Rules HOT = rules(Promotion.HOT);

  final Supervisor supervisor;
  final List<Order> orders = new ArrayList<>();
  final List<State> path = new ArrayList<>();
  Supervision now;
  long clock = Duration.ofHours(1).toNanos();
  private long index = 10;

  Rehearsal(Rules rules) {
    this(rules, Optional.empty());
  }

  Rehearsal(Rules rules, Optional<String> earlierSession) {
    supervisor = new Supervisor(rules);
    now = Supervision.initial(earlierSession, false, clock);
    path.add(now.state());
  }

  static Rules rules(Promotion promotion) {
    return new Rules(
        LockTiming.REFERENCE,
        "n1",
        KEY,
        promotion,
        Duration.ofSeconds(1),
        3,
        Duration.ofSeconds(120),
        0,
        Duration.ofSeconds(60),
        Duration.ofSeconds(3),
        Optional.empty());
  }

  /** Tells a fact, and then that time is, as the loop does; collects what is ordered. */
  Rehearsal tell(Event event) {
    orders.clear();
    take(event);
    take(new Event.Tick());
    return this;
  }

  private void take(Event event) {
    Supervision before = now;
    Decision decision = supervisor.decide(before, event, clock);
    now = decision.next();
    orders.addAll(decision.orders());
    if (before.state() != now.state()) {
      assertThat(before.state().mayBecome(now.state())).isTrue();
      path.add(now.state());
    }
    for (Order order : decision.orders()) {
      if (order instanceof Order.ReleaseLock || order instanceof Order.DestroySession) {
        assertThat(now.key().mayBeInProcess()).as("key in the process at %s", order).isFalse();
      }
    }
    if (now.key().mayBeInProcess() && now.node().exists()) {
      assertThat(now.fence().ordered()).as("deadline with key %s", now.key()).isPresent();
    }
  }

  Rehearsal pass(Duration time) {
    clock += time.toNanos();
    return tell(new Event.Tick());
  }

  Rehearsal status(boolean syncing, String key) {
    return tell(
        new Event.StatusOk(clock, new NeardView(100, syncing, Optional.ofNullable(key), "2.0.0")));
  }

  Rehearsal noStatus() {
    return tell(new Event.StatusFailed("no answer within 2 s"));
  }

  Rehearsal lockSeen(String session, boolean released) {
    return lockSeen(session, released, session == null ? null : session + "/1");
  }

  Rehearsal lockSeen(String session, boolean released, String sign) {
    return lockSeen(session, released, sign, false);
  }

  Rehearsal lockSeen(String session, boolean released, String sign, boolean live) {
    return tell(
        new Event.LockObserved(
            new Observation.Seen(
                ++index,
                Optional.ofNullable(session),
                Optional.of(new Holder("host", "other")),
                live,
                released,
                Optional.empty(),
                EPOCH,
                Optional.ofNullable(sign).map(id -> new Sign(id, QUIET)))));
  }

  /** The next look has an index of an earlier day. */
  Rehearsal storeSetBack() {
    index = 1;
    return this;
  }

  /** Time passes; neard answers and the session is renewed meanwhile. */
  Rehearsal live(Duration time) {
    long end = clock + time.toNanos();
    while (clock < end) {
      pass(Duration.ofNanos(Math.min(end - clock, Duration.ofSeconds(1).toNanos())));
      boolean acquires = ordered(Order.AcquireLock.class::isInstance);
      if (acquires) {
        return this;
      }
      status(false, null);
      if (now.session() instanceof Session.Open open && open.renewing()) {
        renewed();
      }
    }
    return this;
  }

  Rehearsal syncing() {
    return pass(Duration.ZERO).tell(new Event.NeardStarted(42)).status(true, null);
  }

  Rehearsal registering() {
    return syncing().status(false, null);
  }

  Rehearsal voting() {
    registering().lockSeen("theirs", false);
    tell(new Event.SessionOpening(clock, new Opening.Opened("mine")));
    return this;
  }

  /** With the epoch that follows what was seen. */
  Rehearsal lockTaken(boolean inOrder) {
    voting().status(false, null).lockSeen(null, inOrder);
    if (!inOrder) {
      live(QUIET);
    }
    assertThat(orders).contains(new Order.AcquireLock("mine", false));
    return tell(new Event.LockAcquisition("mine", new Acquisition.Acquired(EPOCH + 1, ++index)));
  }

  /** With an epoch that shows that there was a holder in between who was not seen. */
  Rehearsal takenAfterAnotherHolder() {
    voting().status(false, null).lockSeen(null, true);
    assertThat(orders).contains(new Order.AcquireLock("mine", false));
    return tell(new Event.LockAcquisition("mine", new Acquisition.Acquired(EPOCH + 2, ++index)));
  }

  Rehearsal validating() {
    lockTaken(true);
    acknowledgeDeadline();
    return tell(new Event.KeyInserted(clock)).status(false, KEY);
  }

  Rehearsal acknowledgeDeadline() {
    return tell(new Event.DeadlineTaken(now.fence().ordered().orElseThrow()));
  }

  Rehearsal renewed() {
    return tell(new Event.SessionRenewal("mine", clock, new Renewal.Renewed()));
  }

  Rehearsal released() {
    return tell(new Event.LockRelease("mine", new Ending.Done()));
  }

  Rehearsal exited(int status) {
    return tell(new Event.NeardExited(status, "status " + status));
  }

  boolean ordered(Predicate<Order> what) {
    return orders.stream().anyMatch(what);
  }
}
