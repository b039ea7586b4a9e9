package io.kneard.control;

import io.kneard.ctl.api.StateChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Passes changes of state on to whoever wants them, and remembers the last ones. {@link #publish}
 * never waits: a subscriber that does not keep up is dropped.
 */
public final class StateChanges {
  /** Enough for an incident; a state lasts seconds at least. */
  private static final int REMEMBERED = 100;

  /** How far a subscriber may fall behind, beyond what was remembered when it came. */
  private static final int BEHIND = 100;

  private final Deque<StateChange> remembered = new ArrayDeque<>();
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

  /** Tells everyone; never blocks. */
  public synchronized void publish(StateChange change) {
    if (remembered.size() == REMEMBERED) {
      remembered.removeFirst();
    }
    remembered.addLast(change);
    subscriptions.forEach(subscription -> subscription.take(change));
  }

  /** The remembered changes and all that follow, without a gap. */
  public synchronized Subscription subscribe() {
    Subscription subscription = new Subscription();
    remembered.forEach(subscription::take);
    subscriptions.add(subscription);
    return subscription;
  }

  /** One subscriber's place; read by one thread. */
  public final class Subscription implements AutoCloseable {
    private final BlockingQueue<StateChange> waiting =
        new ArrayBlockingQueue<>(REMEMBERED + BEHIND);
    private volatile boolean dropped;

    private Subscription() {}

    /**
     * The next change.
     *
     * @param patience how long to wait for it
     * @return empty if there was none in that time, or if {@link #dropped}
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<StateChange> next(Duration patience) throws InterruptedException {
      StateChange change =
          dropped ? waiting.poll() : waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.ofNullable(change);
    }

    /** Whether changes are missing after those that are still waiting. */
    public boolean dropped() {
      return dropped;
    }

    /** No more changes are wanted. */
    @Override
    public void close() {
      subscriptions.remove(this);
    }

    private void take(StateChange change) {
      if (!waiting.offer(change)) {
        dropped = true;
        subscriptions.remove(this);
      }
    }
  }
}
