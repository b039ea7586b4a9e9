package io.kneard.simulation;

import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import java.util.function.Consumer;

/** Carries out the orders that concern the lock, and tells the daemon's loop what came of them. */
interface LockCalls {
  /** Those of a daemon, for where it keeps its lock. */
  static LockCalls of(Daemon daemon, Consumer<Event> tell) {
    return daemon.world.setup.config.embedded()
        ? new EmbeddedThreads(daemon, tell)
        : new LockThreads(daemon, tell);
  }

  void open();

  void renew(Order.RenewSession order);

  void acquire(Order.AcquireLock order);

  void release(Order.ReleaseLock order);

  void destroy(Order.DestroySession order);

  void watch(Order.WatchLock order);

  /** Another host says that the lock has changed. */
  void lookNow();
}
