package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.simulation.ConsulModel.Answer;
import io.kneard.simulation.ConsulModel.Reading;
import io.kneard.simulation.ConsulModel.Value;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@code LockOrders} and {@code ConsulLock} do, step by step: renewals, other requests and the
 * watch on a thread each; the same requests to the store, and the same conclusions from its
 * answers.
 */
final class LockThreads implements LockCalls {
  private static final long WATCH = 20 * Times.SECOND;
  private static final String WHY = "no answer";

  private final Daemon daemon;
  private final Consumer<Event> tell;
  private final Host host;
  private final World world;
  private final long timeout;
  private final Holding holding;
  private final Worker renewals;
  private final Worker requests;
  private final Worker watch;
  private long lastEpoch;
  private long lastIndex;

  LockThreads(Daemon daemon, Consumer<Event> tell) {
    this.daemon = daemon;
    this.tell = tell;
    this.host = daemon.host;
    this.world = daemon.world;
    this.timeout = world.setup.requestTimeout();
    this.holding = new Holding(host.name, world.setup.timing.quietAfter());
    this.renewals = new Worker(daemon);
    this.requests = new Worker(daemon);
    this.watch = new Worker(daemon);
  }

  @Override
  public void open() {
    requests.execute(
        () -> {
          long sentAt = daemon.uptime();
          daemon.at(
              Point.OPEN_STAMPED,
              () -> host.link.call(daemon, timeout, this::create, id -> opened(sentAt, id)));
        });
  }

  private String create(ConsulModel store) {
    if (!world.measures.sessionServesOnce()
        && host.sessionFile != null
        && store.renew(host.sessionFile)) {
      return host.sessionFile;
    }
    return store.create(host, world.measures.terms(world.setup.terms()));
  }

  private void opened(long sentAt, String id) {
    if (id == null) {
      tell.accept(new Event.SessionOpening(sentAt, new Opening.Unreachable(WHY)));
      requests.done();
      return;
    }
    daemon.at(
        Point.SESSION_OPENED,
        () -> {
          if (!host.has(FaultKind.DISK_FULL)) {
            host.sessionFile = id;
          }
          tell.accept(
              new Event.SessionOpening(
                  world.measures.renewalCounts(sentAt, daemon.uptime()), new Opening.Opened(id)));
          requests.done();
        });
  }

  @Override
  public void renew(Order.RenewSession order) {
    String session = order.session();
    renewals.execute(
        () -> {
          long sentAt = daemon.uptime();
          daemon.at(Point.RENEWAL_STAMPED, () -> giveSign(session, sentAt));
        });
  }

  private void giveSign(String session, long sentAt) {
    if (!holding.claims(session) || !world.measures.holderGivesSigns()) {
      askForRenewal(session, sentAt);
      return;
    }
    boolean taken = holding.taken();
    Value value = holding.value();
    host.link.call(
        daemon,
        timeout,
        store -> store.sign(session, value),
        has -> {
          if (has == null) {
            renewed(session, sentAt, null);
          } else if (has || !taken) {
            daemon.at(Point.SIGN_GIVEN, () -> askForRenewal(session, sentAt));
          } else {
            renewed(session, sentAt, false); // its session ends by itself
          }
        });
  }

  private void askForRenewal(String session, long sentAt) {
    host.link.call(
        daemon,
        timeout,
        store -> store.renew(session),
        answer -> daemon.at(Point.RENEWAL_ANSWERED, () -> renewed(session, sentAt, answer)));
  }

  private void renewed(String session, long sentAt, Boolean answer) {
    Renewal outcome =
        answer == null
            ? world.measures.unansweredRenewal(WHY)
            : answer ? new Renewal.Renewed() : new Renewal.Gone();
    long counts = world.measures.renewalCounts(sentAt, daemon.uptime());
    tell.accept(new Event.SessionRenewal(session, counts, outcome));
    renewals.done();
  }

  @Override
  public void acquire(Order.AcquireLock order) {
    requests.execute(
        () -> {
          Value value = holding.begin(order.session(), order.live());
          daemon.at(
              Point.ACQUIRING,
              () ->
                  host.link.call(
                      daemon,
                      timeout,
                      store -> store.acquire(order.session(), value),
                      answer -> acquired(order.session(), answer)));
        });
  }

  private void acquired(String session, Answer answer) {
    if (answer == Answer.YES) {
      daemon.at(
          Point.ACQUIRED,
          () ->
              host.link.call(
                  daemon, timeout, ConsulModel::read, reading -> confirmed(session, reading)));
      return;
    }
    done(
        session,
        answer == null
            ? unanswered()
            : answer == Answer.NO ? new Acquisition.Taken() : new Acquisition.SessionGone());
  }

  private Acquisition unanswered() {
    return world.measures.unansweredAcquisition(
        WHY, new Acquisition.Acquired(lastEpoch + 1, lastIndex));
  }

  private void confirmed(String session, Reading reading) {
    if (reading == null) {
      done(session, unanswered());
    } else if (session.equals(reading.session())) {
      world.measures.lockWasTaken(daemon, session);
      done(session, new Acquisition.Acquired(reading.lockIndex(), reading.modifyIndex()));
    } else {
      done(session, new Acquisition.Taken());
    }
  }

  private void done(String session, Acquisition outcome) {
    holding.end(session, outcome);
    tell.accept(new Event.LockAcquisition(session, outcome));
    requests.done();
  }

  @Override
  public void release(Order.ReleaseLock order) {
    Value value = new Value(host.name, false, true, order.handover(), Optional.empty());
    requests.execute(
        () ->
            daemon.at(
                Point.RELEASING,
                () -> {
                  holding.end(order.session());
                  world.checker.releases(host, order.session());
                  host.link.call(
                      daemon,
                      timeout,
                      store -> store.release(order.session(), value),
                      answer -> {
                        tell.accept(new Event.LockRelease(order.session(), ending(answer)));
                        requests.done();
                      });
                }));
  }

  @Override
  public void destroy(Order.DestroySession order) {
    requests.execute(
        () ->
            daemon.at(
                Point.DESTROYING,
                () -> {
                  holding.end(order.session());
                  world.checker.releases(host, order.session());
                  host.link.call(
                      daemon,
                      timeout,
                      store -> {
                        if (world.measures.sessionServesOnce()) {
                          store.destroy(order.session());
                        }
                        return true;
                      },
                      answer -> {
                        if (answer != null && world.measures.sessionServesOnce()) {
                          host.sessionFile = null;
                        }
                        tell.accept(new Event.SessionEnding(order.session(), ending(answer)));
                        requests.done();
                      });
                }));
  }

  private static Ending ending(Object answer) {
    return answer == null ? new Ending.Unreachable(WHY) : new Ending.Done();
  }

  @Override
  public void watch(Order.WatchLock order) {
    watch.execute(
        () -> {
          if (order.index() == 0) {
            host.link.call(daemon, timeout, ConsulModel::read, this::observed);
          } else {
            long wait = WATCH + world.chance.between(0, WATCH / 16);
            host.link.await(
                daemon, timeout + WATCH + WATCH / 16, order.index(), wait, this::observed);
          }
        });
  }

  /** Consul itself tells of a change. */
  @Override
  public void lookNow() {}

  private void observed(Reading reading) {
    Observation outcome = reading == null ? new Observation.Unreachable(WHY) : seen(reading);
    if (world.measures.isTold(outcome)) {
      tell.accept(new Event.LockObserved(outcome));
    }
    watch.done();
  }

  private Observation.Seen seen(Reading reading) {
    lastEpoch = reading.lockIndex();
    lastIndex = reading.index();
    Value value = reading.value();
    boolean free = reading.session() == null;
    boolean released = free && value != null && value.released();
    return world.measures.seen(
        new Observation.Seen(
            reading.index(),
            Optional.ofNullable(reading.session()),
            value == null
                ? Optional.empty()
                : Optional.of(new Holder(value.nodeId(), value.nodeId())),
            !free && value != null && value.live(),
            released,
            released ? value.handover() : Optional.<Handover>empty(),
            reading.lockIndex(),
            value == null ? Optional.empty() : value.sign()));
  }
}
