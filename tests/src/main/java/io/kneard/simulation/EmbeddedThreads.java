package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Holder;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.embedded.LockPicture;
import io.kneard.lock.embedded.Protocol;
import io.kneard.lock.embedded.Pulse;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code LockOrders} and {@code EmbeddedLock} do, step by step, with the {@link Protocol} that
 * ships: renewals, other requests and the watch on a thread each.
 */
final class EmbeddedThreads implements LockCalls {
  private static final long WATCH = 20 * Times.SECOND;
  private static final String WHY = "no answer";

  private final Daemon daemon;
  private final Consumer<Event> tell;
  private final Host host;
  private final World world;
  private final DatabaseModel database;
  private final Protocol protocol;
  private final Worker renewals;
  private final Worker requests;
  private final Worker watch;
  private LockPicture last;
  private Runnable lookNow;
  private int rests;

  EmbeddedThreads(Daemon daemon, Consumer<Event> tell) {
    this.daemon = daemon;
    this.tell = tell;
    this.host = daemon.host;
    this.world = daemon.world;
    this.database = world.database;
    this.protocol =
        new Protocol(
            new Holder(host.name, host.name), world.setup.timing(host.index), database::name);
    this.renewals = new Worker(daemon);
    this.requests = new Worker(daemon);
    this.watch = new Worker(daemon);
  }

  private <T> void transact(DatabaseModel.Work<T> work, Consumer<T> answer) {
    Exchange.transact(
        database, daemon, tables -> work.run(world.measures.tables(tables, () -> last)), answer);
  }

  @Override
  public void open() {
    requests.execute(
        () -> {
          long sentAt = daemon.uptime();
          daemon.at(
              Point.OPEN_STAMPED,
              () ->
                  transact(
                      tables -> protocol.open(tables, true), outcome -> opened(sentAt, outcome)));
        });
  }

  private void opened(long sentAt, Opening outcome) {
    daemon.at(
        Point.SESSION_OPENED,
        () -> {
          if (outcome instanceof Opening.Opened opened && !host.has(FaultKind.DISK_FULL)) {
            host.sessionFile = opened.session();
          }
          long counts = world.measures.renewalCounts(sentAt, daemon.uptime());
          tell.accept(
              new Event.SessionOpening(
                  counts, outcome == null ? new Opening.Unreachable(WHY) : outcome));
          requests.done();
        });
  }

  @Override
  public void renew(Order.RenewSession order) {
    renewals.execute(
        () -> {
          long sentAt = daemon.uptime();
          daemon.at(
              Point.RENEWAL_STAMPED,
              () ->
                  transact(
                      tables -> protocol.renew(tables, order.session()),
                      outcome ->
                          daemon.at(
                              Point.RENEWAL_ANSWERED,
                              () -> renewed(order.session(), sentAt, outcome))));
        });
  }

  private void renewed(String session, long sentAt, Renewal outcome) {
    long counts = world.measures.renewalCounts(sentAt, daemon.uptime());
    Renewal heard = outcome == null ? world.measures.unansweredRenewal(WHY) : outcome;
    tell.accept(new Event.SessionRenewal(session, counts, heard));
    renewals.done();
  }

  @Override
  public void acquire(Order.AcquireLock order) {
    requests.execute(
        () ->
            daemon.at(
                Point.ACQUIRING,
                () ->
                    transact(
                        tables ->
                            protocol.acquire(
                                tables, order.session(), order.live(), daemon.monotonic()),
                        outcome ->
                            daemon.at(Point.ACQUIRED, () -> acquired(order.session(), outcome)))));
  }

  private void acquired(String session, Acquisition outcome) {
    Acquisition heard = outcome == null ? unanswered() : outcome;
    protocol.acquired(session, heard);
    tell.accept(new Event.LockAcquisition(session, heard));
    requests.done();
  }

  private Acquisition unanswered() {
    Observation.Seen seen = last == null ? null : last.seen();
    long epoch = seen == null ? 0 : seen.epoch();
    long index = seen == null ? 0 : seen.index();
    return world.measures.unansweredAcquisition(WHY, new Acquisition.Acquired(epoch + 1, index));
  }

  @Override
  public void release(Order.ReleaseLock order) {
    end(
        Point.RELEASING,
        order.session(),
        tables -> protocol.release(tables, order.session(), order.handover()),
        outcome -> tell.accept(new Event.LockRelease(order.session(), outcome)));
  }

  @Override
  public void destroy(Order.DestroySession order) {
    end(
        Point.DESTROYING,
        order.session(),
        tables -> protocol.destroy(tables, order.session()),
        outcome -> {
          if (outcome instanceof Ending.Done) {
            host.sessionFile = null;
          }
          tell.accept(new Event.SessionEnding(order.session(), outcome));
        });
  }

  private void end(
      Point point, String session, DatabaseModel.Work<Ending> work, Consumer<Ending> answer) {
    requests.execute(
        () ->
            daemon.at(
                point,
                () -> {
                  protocol.givesUp(session);
                  world.checker.releases(host, session);
                  transact(
                      work,
                      outcome -> {
                        if (outcome != null) {
                          tellOthers();
                        }
                        answer.accept(outcome == null ? new Ending.Unreachable(WHY) : outcome);
                        requests.done();
                      });
                }));
  }

  @Override
  public void watch(Order.WatchLock order) {
    watch.execute(() -> look(order.index(), daemon.monotonic() + WATCH));
  }

  private void look(long index, long until) {
    read(
        picture ->
            daemon.at(
                Point.LOOK_ANSWERED,
                () -> {
                  long now = world.measures.watchClock(daemon);
                  List<Pulse> stale = protocol.stale(world.measures.pulses(picture), now);
                  if (protocol.untidy(picture, stale)) {
                    transact(
                        tables -> protocol.tidy(tables, stale), done -> tidied(done, index, until));
                  } else {
                    seen(picture, index, until);
                  }
                }));
  }

  private void tidied(Boolean done, long index, long until) {
    if (done == null) {
      observed(new Observation.Unreachable(WHY));
    } else {
      read(picture -> seen(picture, index, until));
    }
  }

  private void read(Consumer<LockPicture> then) {
    Exchange.look(
        database,
        daemon,
        picture -> {
          if (picture == null) {
            observed(new Observation.Unreachable(WHY));
          } else {
            then.accept(picture);
          }
        });
  }

  private void seen(LockPicture picture, long index, long until) {
    last = picture;
    Observation.Seen seen = world.measures.seen(picture.seen());
    long left = until - daemon.monotonic();
    if (index == 0 || seen.index() != index || left <= 0) {
      observed(seen);
    } else {
      int mine = ++rests;
      lookNow = () -> look(index, until);
      long rest = Math.min(left, protocol.lookEvery().toNanos());
      daemon.later(host.clock.duration(rest), () -> wake(mine));
    }
  }

  private void wake(int rest) {
    if (rest == rests && lookNow != null) {
      Runnable look = lookNow;
      lookNow = null;
      look.run();
    }
  }

  @Override
  public void lookNow() {
    wake(rests);
  }

  /** As the daemon does, over its cluster's API, once the lock may be free. */
  private void tellOthers() {
    for (Host other : world.hosts) {
      if (other != host && other.daemon != null && database.members.joined(host, other)) {
        other.daemon.later(world.setup.networkTime(world.chance), other.daemon::lookAtTheLock);
      }
    }
  }

  private void observed(Observation outcome) {
    if (world.measures.isTold(outcome)) {
      tell.accept(new Event.LockObserved(outcome));
    }
    watch.done();
  }
}
