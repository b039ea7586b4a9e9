package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.embedded.LeaderRow;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.util.ArrayDeque;
import java.util.Optional;

/** The lock as a simulated host uses it, one call after the other, in virtual time. */
final class SimulatedLock {
  private static final long SOON = 30 * Times.SECOND;

  private final World world;
  private final Daemon daemon;
  private final LockCalls threads;
  private final ArrayDeque<Event> heard = new ArrayDeque<>();

  SimulatedLock(World world, Host host) {
    this.world = world;
    this.daemon = new Daemon(world, host);
    this.threads = LockCalls.of(daemon, heard::add);
    host.daemon = daemon;
    world.store.changed();
  }

  /** Makes this the lock's row in the database. */
  void put(LeaderRow row) {
    byHand(
        tables -> {
          tables.putLeader(row);
          return true;
        });
  }

  /** Takes the sign of life out of a lock that is free. */
  void forgetSign() {
    byHand(
        tables -> {
          Optional<LeaderRow> row = tables.leader().filter(LeaderRow::free);
          if (row.isPresent()) {
            tables.putLeader(withoutSign(row.get()));
          }
          return true;
        });
  }

  private static LeaderRow withoutSign(LeaderRow row) {
    return new LeaderRow(
        row.epoch(),
        row.revision(),
        "",
        row.holder(),
        row.live(),
        row.released(),
        row.handover(),
        Optional.empty());
  }

  private void byHand(DatabaseModel.Work<Boolean> what) {
    boolean[] done = new boolean[1];
    long end = world.time.now() + SOON;
    while (!done[0] && world.time.now() < end) {
      Exchange.transact(world.database, daemon, what, answer -> done[0] |= answer != null);
      world.time.run(world.time.now() + 3 * Times.SECOND);
    }
    if (!done[0]) {
      throw new IllegalStateException("no database within " + Times.text(SOON));
    }
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
