package io.kneard.operations;

import io.kneard.lock.Acquisition;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.Supervisor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The real state machine, told by hand what its host would tell it; nothing is carried out. */
final class ScriptedHost implements Supervised {
  private static final String KEY = "ed25519:ours";

  private final Supervisor supervisor =
      new Supervisor(
          new Rules(
              LockTiming.REFERENCE,
              "n1",
              KEY,
              Promotion.HOT,
              Duration.ofSeconds(1),
              3,
              Duration.ofSeconds(120),
              0,
              Duration.ofSeconds(60),
              Duration.ofSeconds(3),
              Optional.empty()));
  private long clock = Duration.ofHours(1).toNanos();
  private volatile Supervision now = Supervision.initial(Optional.empty(), false, clock);
  private volatile boolean deaf;

  /** From now on it does not take what operators want. */
  void deaf() {
    deaf = true;
  }

  ScriptedHost voting() {
    hear(new Event.Tick());
    hear(new Event.NeardStarted(42));
    head(1000, null);
    head(1000, null);
    hear(new Event.LockObserved(seen(Optional.of("theirs"))));
    hear(new Event.SessionOpening(clock, new Opening.Opened("mine")));
    head(1000, null);
    return this;
  }

  ScriptedHost takingTheKey() {
    voting();
    hear(new Event.LockObserved(seen(Optional.empty())));
    hear(new Event.LockAcquisition("mine", new Acquisition.Acquired(8, 20)));
    hear(new Event.DeadlineTaken(now.fence().ordered().orElseThrow()));
    return this;
  }

  ScriptedHost validating() {
    takingTheKey();
    hear(new Event.KeyInserted(clock));
    head(1000, KEY);
    return this;
  }

  /** neard's newest block. */
  void head(long height) {
    head(height, KEY);
  }

  private void head(long height, String key) {
    NeardView view = new NeardView(height, false, Optional.ofNullable(key), "2.0.0");
    hear(new Event.StatusOk(clock, view));
  }

  void neardEnds(int status) {
    hear(new Event.NeardExited(status, "status " + status));
  }

  void pass(Duration time) {
    clock += time.toNanos();
    hear(new Event.Tick());
  }

  private static Observation.Seen seen(Optional<String> session) {
    return new Observation.Seen(
        10,
        session,
        Optional.empty(),
        false,
        session.isEmpty(),
        Optional.empty(),
        7,
        Optional.empty());
  }

  private synchronized void hear(Event event) {
    now = supervisor.decide(now, event, clock).next();
    now = supervisor.decide(now, new Event.Tick(), clock).next();
    notifyAll();
  }

  @Override
  public Supervision current() {
    return now;
  }

  @Override
  public void tell(Event event) {
    if (!deaf) {
      hear(event);
    }
  }

  @Override
  public synchronized Optional<Supervision> await(
      Predicate<Supervision> condition, Duration patience) throws InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!condition.test(now)) {
      long left = giveUp - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return Optional.of(now);
  }

  @Override
  public Optional<Long> neardPid() {
    return Optional.of(42L);
  }

  @Override
  public long now() {
    return clock;
  }
}
