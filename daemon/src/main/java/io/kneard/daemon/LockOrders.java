package io.kneard.daemon;

import io.kneard.lock.Ending;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.neard.Uptime;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Carries out the orders that concern the lock. Renewals have a thread of their own, so that none
 * waits behind another request; times are taken on that thread, before the request leaves.
 */
final class LockOrders implements AutoCloseable {
  private static final Duration WATCH = Duration.ofSeconds(20);

  /** What is seen of a renewal. */
  interface RenewalWitness {
    void renewed(Renewal outcome, Duration latency);
  }

  private final LeaderLock lock;
  private final SessionFile file;
  private final Consumer<Event> tell;
  private final RenewalWitness witness;
  private final ExecutorService renewals = Threads.one("lock-renewals");
  private final ExecutorService requests = Threads.one("lock-requests");
  private final ExecutorService watch = Threads.one("lock-watch");

  LockOrders(LeaderLock lock, SessionFile file, Consumer<Event> tell, RenewalWitness witness) {
    this.lock = lock;
    this.file = file;
    this.tell = tell;
    this.witness = witness;
  }

  void open(Order.OpenSession order) {
    requests.execute(
        () -> {
          long sentAt = Uptime.nanos();
          Opening outcome = lock.open(order.stands());
          if (outcome instanceof Opening.Opened opened) {
            file.write(opened.session());
          }
          tell.accept(new Event.SessionOpening(sentAt, outcome));
        });
  }

  void renew(Order.RenewSession order) {
    renewals.execute(
        () -> {
          long begun = System.nanoTime();
          long sentAt = Uptime.nanos();
          Renewal outcome = lock.renew(order.session());
          tell.accept(new Event.SessionRenewal(order.session(), sentAt, outcome));
          witness.renewed(outcome, Duration.ofNanos(System.nanoTime() - begun));
        });
  }

  void acquire(Order.AcquireLock order) {
    requests.execute(
        () ->
            tell.accept(
                new Event.LockAcquisition(
                    order.session(), lock.acquire(order.session(), order.live()))));
  }

  void release(Order.ReleaseLock order) {
    requests.execute(
        () ->
            tell.accept(
                new Event.LockRelease(
                    order.session(), lock.release(order.session(), order.handover()))));
  }

  void destroy(Order.DestroySession order) {
    requests.execute(
        () -> {
          Ending outcome = lock.destroy(order.session());
          if (outcome instanceof Ending.Done) {
            file.forget();
          }
          tell.accept(new Event.SessionEnding(order.session(), outcome));
        });
  }

  void watch(Order.WatchLock order) {
    watch.execute(() -> tell.accept(new Event.LockObserved(lock.observe(order.index(), WATCH))));
  }

  @Override
  public void close() {
    lock.close();
    renewals.shutdownNow();
    requests.shutdownNow();
    watch.shutdownNow();
  }
}
