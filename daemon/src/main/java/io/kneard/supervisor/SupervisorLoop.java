package io.kneard.supervisor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The one thread that owns a host's {@link Supervision}: takes facts from its inbox, decides, and
 * has the orders carried out.
 */
public final class SupervisorLoop {

  /** Carries orders out. Never blocks; the answers come back through {@link #tell}. */
  public interface Effects {
    void perform(Order order);
  }

  /**
   * Sees every decision, and there is one each second at least: the place of logs, metrics,
   * subscribers and the watchdog.
   */
  public interface Witness {
    void decided(Supervision before, Supervision after, long now);
  }

  /** The clock that the lease is counted on. */
  public interface Clock {
    /** Nanoseconds of {@code /proc/uptime}, and what the host stood still besides. */
    long nanos();

    /** The second part of that alone, in all. */
    long stoodStill();
  }

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

  /** More facts than this waiting means that the loop does not run. */
  private static final int INBOX = 1024;

  private volatile Supervisor supervisor;
  private final Clock clock;
  private final Effects effects;
  private final Witness witness;
  private final Object turned = new Object();
  private final BlockingQueue<Event> inbox = new ArrayBlockingQueue<>(INBOX);
  private volatile Supervision current;
  private long decidedAt;
  private long stoodStill;
  private Integer exit;

  /** A loop that is not running yet. */
  public SupervisorLoop(
      Supervisor supervisor, Supervision initial, Clock clock, Effects effects, Witness witness) {
    this.supervisor = supervisor;
    this.current = initial;
    this.clock = clock;
    this.effects = effects;
    this.witness = witness;
  }

  /** What is known now; safe to read from any thread. */
  public Supervision current() {
    return current;
  }

  /** Decides by other rules from the next fact on. */
  public void decideBy(Supervisor other) {
    supervisor = other;
  }

  /**
   * Waits until what is known fulfils the condition; from any thread but the loop's.
   *
   * @return what was known then; empty if that did not come to pass in time
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<Supervision> await(Predicate<Supervision> condition, Duration patience)
      throws InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    synchronized (turned) {
      while (!condition.test(current)) {
        long left = giveUp - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        TimeUnit.NANOSECONDS.timedWait(turned, left);
      }
      return Optional.of(current);
    }
  }

  /**
   * Hands over a fact; from any thread. Waits if the loop is behind, up to the time after which the
   * watchdog has ended the daemon anyway.
   *
   * @throws IllegalStateException if the loop did not take it in time
   */
  public void tell(Event event) {
    try {
      if (!inbox.offer(event, 10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the supervisor loop does not take " + event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs until an exit is ordered.
   *
   * @return the exit status
   * @throws InterruptedException if the thread is interrupted
   */
  public int run() throws InterruptedException {
    Optional<Integer> end = step(new Event.Tick());
    while (end.isEmpty()) {
      long bounded = Math.max(Math.min(idle(), LONGEST_WAIT), 1);
      Event next = inbox.poll(bounded, TimeUnit.NANOSECONDS);
      end = step(next == null ? new Event.Tick() : next);
    }
    return end.get();
  }

  /**
   * Takes one fact and has carried out what follows from it. {@link #run} calls this; so does
   * whoever drives a loop without a thread, in virtual time.
   *
   * @return the exit status, once an exit is ordered
   */
  public Optional<Integer> step(Event event) {
    boolean moved = turn(event);
    while (moved && current.exit().isEmpty()) {
      moved = turn(new Event.Tick()); // the new state looks at the time at once
    }
    return Optional.ofNullable(exit);
  }

  /** For how long to wait for the next fact, before a step is due without one. */
  public long idle() {
    return Math.min(supervisor.wakeAt(current, decidedAt) - clock.nanos(), LONGEST_WAIT);
  }

  private boolean turn(Event event) {
    long now = clock.nanos();
    long stood = clock.stoodStill(); // after the time, so that no part of that is missing here
    boolean moved = false;
    if (stood > stoodStill) {
      moved = decide(new Event.HostStoodStill(stood - stoodStill), now);
      stoodStill = stood;
    }
    return decide(event, now) || moved;
  }

  private boolean decide(Event event, long now) {
    Supervision before = current;
    decidedAt = now;
    Decision decision = supervisor.decide(before, event, now);
    synchronized (turned) {
      current = decision.next();
      turned.notifyAll();
    }
    witness.decided(before, decision.next(), now);
    for (Order order : decision.orders()) {
      if (order instanceof Order.Exit end) {
        exit = end.status();
      } else {
        effects.perform(order);
      }
    }
    return before.state() != decision.next().state();
  }
}
