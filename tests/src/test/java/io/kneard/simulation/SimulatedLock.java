package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.util.ArrayDeque;
import java.util.Optional;

/** The lock as a simulated host uses it, one call after the other, in virtual time. */
final class SimulatedLock {
  private static final long SOON = 30 * Times.SECOND;

  private final World world;
  private final LockThreads threads;
  private final ArrayDeque<Event> heard = new ArrayDeque<>();

  SimulatedLock(World world, Host host) {
    this.world = world;
    this.threads = new LockThreads(new Daemon(world, host), heard::add);
  }

  Opening open() {
    threads.open();
    return ((Event.SessionOpening) answer()).outcome();
  }

  Renewal renew(String session) {
    threads.renew(new Order.RenewSession(session));
    return ((Event.SessionRenewal) answer()).outcome();
  }

  Acquisition acquire(String session, boolean live) {
    threads.acquire(new Order.AcquireLock(session, live));
    return ((Event.LockAcquisition) answer()).outcome();
  }

  Ending release(String session, Optional<Handover> handover) {
    threads.release(new Order.ReleaseLock(session, handover));
    return ((Event.LockRelease) answer()).outcome();
  }

  Ending destroy(String session) {
    threads.destroy(new Order.DestroySession(session));
    return ((Event.SessionEnding) answer()).outcome();
  }

  Observation observe(long index) {
    threads.watch(new Order.WatchLock(index));
    return ((Event.LockObserved) answer()).outcome();
  }

  private Event answer() {
    long end = world.time.now() + SOON;
    while (heard.isEmpty() && world.time.now() < end) {
      world.time.run(world.time.now() + Times.MILLI);
    }
    if (heard.isEmpty()) {
      throw new IllegalStateException("no answer within " + Times.text(SOON));
    }
    return heard.poll();
  }
}
