package io.kneard.simulation;

import io.kneard.neard.LeaseClock;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.Supervisor;
import io.kneard.supervisor.SupervisorLoop;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A daemon process: the supervisor and its loop as they ship, on a thread of virtual time, with the
 * threads that carry its orders out.
 */
final class Daemon extends DaemonProcess {
  private final LeaseClock clock = new LeaseClock();
  private final SupervisorLoop loop;
  private final NeardThreads neard;
  private final LockCalls lock;
  private final ArrayDeque<Event> inbox = new ArrayDeque<>();
  private final ArrayDeque<Order> orders = new ArrayDeque<>();
  private boolean busy;
  private long decidedAt;
  private int alarm;

  Daemon(World world, Host host) {
    super(world, host);
    Supervision initial = world.measures.initial(Optional.ofNullable(host.sessionFile), uptime());
    this.loop =
        new SupervisorLoop(
            new Supervisor(world.setup.rules(host)),
            initial,
            new LeaseTime(),
            orders::add,
            (before, after, now) -> world.checker.decided(host, before, after));
    this.neard = new NeardThreads(this);
    this.lock = LockCalls.of(this, this::tell);
  }

  @Override
  void begin() {
    later(host.latency(), this::turn);
  }

  @Override
  void ask(Event wish) {
    later(host.latency(), () -> tell(wish));
  }

  @Override
  void lookAtTheLock() {
    lock.lookNow();
  }

  private final class LeaseTime implements SupervisorLoop.Clock {
    @Override
    public long nanos() {
      return uptime();
    }

    @Override
    public long stoodStill() {
      return world.measures.waitsInUptime() ? clock.stoodStill() : 0;
    }
  }

  /** Its clock, as it ships. */
  long uptime() {
    long uptime = host.uptime();
    long wall =
        world.measures.daemonWatchesWallClock()
            ? uptime / Times.MILLI + host.clock.wallOffset()
            : uptime / Times.MILLI;
    return clock.now(() -> uptime, () -> wall);
  }

  /** A clock that only goes on, and stands still with the host. */
  long monotonic() {
    return host.clock.monotonic(world.time.now(), host.suspendedInAll());
  }

  /** A time of its clock as the fence counts it. */
  long fenceMillis(long time) {
    return clock.toUptimeMillis(time);
  }

  /** When it last decided, as the fence counts it. */
  long decidedAt() {
    return decidedAt;
  }

  long fromFenceMillis(long millis) {
    return clock.fromUptimeMillis(millis);
  }

  /** A fact for the loop. */
  void tell(Event event) {
    inbox.add(event);
    if (!busy) {
      if (host.has(FaultKind.SLUGGISH)) {
        busy = true;
        later(
            host.latency(),
            () -> {
              busy = false;
              turn();
            });
      } else {
        turn();
      }
    }
  }

  /** A moment between two things that touch the outside: the process may be interrupted here. */
  void at(Point point, Runnable next) {
    if (world.faults.reached(point, host)) {
      later(0, next);
    } else {
      next.run();
    }
  }

  private void turn() {
    if (busy) {
      return;
    }
    busy = true;
    alarm++;
    decidedAt = host.uptime() / Times.MILLI;
    Event event = inbox.isEmpty() ? new Event.Tick() : inbox.poll();
    Supervision before = loop.current();
    Optional<Integer> exit;
    try {
      exit = loop.step(event);
    } catch (IllegalStateException e) {
      world.checker.violation(host, Property.TABLE_OF_MOVES, e.getMessage());
      return;
    }
    world.measures.decided(before, loop.current(), orders);
    perform(exit);
  }

  private void perform(Optional<Integer> exit) {
    while (!orders.isEmpty()) {
      boolean deadline = orders.peek() instanceof Order.SetDeadline;
      if (world.faults.reached(deadline ? Point.DEADLINE_ORDERED : Point.ORDERED, host)) {
        later(
            0,
            () -> {
              perform(orders.poll());
              perform(exit);
            });
        return;
      }
      perform(orders.poll());
    }
    busy = false;
    if (exit.isPresent()) {
      end();
    } else if (!inbox.isEmpty()) {
      later(0, this::turn);
    } else {
      sleep();
    }
  }

  private void sleep() {
    long wait = Math.max(loop.idle(), 1);
    int mine = ++alarm;
    later(
        host.clock.duration(wait),
        () -> {
          if (mine == alarm) {
            turn();
          }
        });
  }

  private void perform(Order order) {
    if (world.tracing() && !(order instanceof Order.AskStatus)) {
      world.say(host, "order " + order);
    }
    if (order instanceof Order.StartNeard start) {
      neard.start(start);
    } else if (order instanceof Order.TermNeard term) {
      neard.terminate(term);
    } else if (order instanceof Order.KillNeard kill) {
      neard.kill(kill);
    } else if (order instanceof Order.SetDeadline deadline) {
      neard.deadline(deadline);
    } else if (order instanceof Order.AskStatus) {
      neard.askStatus();
    } else if (order instanceof Order.InsertKey insert) {
      neard.insertKey(insert);
    } else if (order instanceof Order.RemoveKey) {
      neard.removeKey();
    } else if (order instanceof Order.CleanSlot) {
      neard.cleanSlot();
    } else if (order instanceof Order.ForgetPlannedStop) {
      neard.forgetPlannedStop();
    } else if (order instanceof Order.OpenSession) {
      lock.open();
    } else if (order instanceof Order.RenewSession renew) {
      lock.renew(renew);
    } else if (order instanceof Order.AcquireLock acquire) {
      lock.acquire(acquire);
    } else if (order instanceof Order.ReleaseLock release) {
      lock.release(release);
    } else if (order instanceof Order.DestroySession destroy) {
      lock.destroy(destroy);
    } else if (order instanceof Order.WatchLock watch) {
      lock.watch(watch);
    } else {
      throw new IllegalStateException("nobody carries out " + order);
    }
  }

  /** The daemon ends by itself, and the service manager starts it again. */
  private void end() {
    neard.close();
    die();
    world.restart(host, world.chance.between(Times.SECOND, 5 * Times.SECOND));
  }

  @Override
  void vanished() {
    neard.vanish();
  }
}
