package io.kneard.simulation;

import java.util.Locale;

/** One schedule being played. */
final class World {
  final Timeline time = new Timeline();
  final Setup setup;
  final Measures measures;
  final Chance chance;
  final Checker checker;
  final Faults faults;
  final LockStore store;

  /** Null if the lock is in the cluster's database. */
  final ConsulModel consul;

  /** Null if the lock is in Consul. */
  final DatabaseModel database;

  final Host[] hosts;
  private final Trace trace;
  private Host lastHolder;
  private Host keeper;

  World(Schedule schedule, Measures measures, Trace trace) {
    this.trace = trace;
    this.measures = measures;
    Chance root = new Chance(schedule.seed());
    this.setup = new Setup(schedule.config(), root.split());
    this.chance = root.split();
    this.checker = new Checker(this);
    this.faults = new Faults(this, schedule.faults());
    boolean embedded = setup.config.embedded();
    this.consul = embedded ? null : new ConsulModel(time, setup.expiry(), this::lockMoved);
    this.database = embedded ? new DatabaseModel(this) : null;
    this.store = embedded ? database : consul;
    this.hosts = new Host[setup.hosts];
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = new Host(this, i, setup.clock());
    }
  }

  static Outcome play(Schedule schedule, Measures measures, Trace trace) {
    World world = new World(schedule, measures, trace);
    for (Host host : world.hosts) {
      world.restart(host, world.chance.between(0, 2 * Times.SECOND));
    }
    world.faults.begin();
    world.checker.begin();
    world.time.run(Setup.LENGTH);
    return world.checker.outcome();
  }

  /** The service manager starts the daemon again. */
  void restart(Host host, long delay) {
    time.at(
        time.now() + delay,
        null,
        () -> {
          if (host.daemon == null || host.daemon.dead()) {
            if (tracing()) {
              say(host, "the daemon is started");
            }
            host.startDaemon();
          }
        });
  }

  void lockMoved() {
    Host holder = store.holder();
    if (tracing() && holder != lastHolder) {
      trace.say(time.now(), "store", "the lock is " + (holder == null ? "free" : holder.name));
    }
    if (holder != null && holder != lastHolder) {
      faults.reached(Point.LOCK_MOVED, holder);
    } else if (holder == null && lastHolder != null) {
      faults.reached(Point.LOCK_FREED, lastHolder);
    }
    lastHolder = holder;
    keeper = holder == null ? keeper : holder;
  }

  /** Who has the lock or, if nobody has, had it last; that host may sign. */
  Host keeper() {
    return keeper;
  }

  boolean tracing() {
    return trace != null;
  }

  void say(Host host, String text) {
    trace.say(time.now(), host.name, text);
  }

  void say(String where, String format, Object... values) {
    trace.say(time.now(), where, String.format(Locale.ROOT, format, values));
  }
}
