package io.kneard.simulation;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.embedded.LockPicture;
import io.kneard.lock.embedded.Tables;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A transaction or a read of the cluster's database, as {@code ClusterDatabase} does it quickly:
 * finds a leader, begins, makes its statements, commits; what had no effect is tried again until
 * the time is over, what may have had one is not.
 */
final class Exchange {
  /** As {@code Membership} and {@code Session} set it. */
  static final long BOUND = 2 * Times.SECOND;

  private static final long LEAST = 500 * Times.MILLI;
  private static final long PAUSE = 50 * Times.MILLI;

  /**
   * Whoever is silent for so long within a transaction keeps others from writing no more: what
   * {@code OpenTransaction} allows, and the time until somebody looks.
   */
  static final long LONGEST_SILENCE = 1750 * Times.MILLI;

  private static final double HALF = 0.5;

  private final DatabaseModel database;
  private final World world;
  private final Daemon caller;
  private final Host host;
  private final long givesUpAt;
  private long heardAt;
  private boolean over;

  private Exchange(DatabaseModel database, Daemon caller) {
    this.database = database;
    this.world = caller.world;
    this.caller = caller;
    this.host = caller.host;
    this.givesUpAt = world.time.now() + host.clock.duration(BOUND);
  }

  /** Reads and writes; {@code answer} hears what came of it, or null if that is not known. */
  static <T> void transact(
      DatabaseModel database, Daemon caller, DatabaseModel.Work<T> work, Consumer<T> answer) {
    Exchange exchange = new Exchange(database, caller);
    exchange.attempt(answer, term -> exchange.begin(term, work, answer));
  }

  /** Looks. */
  static void look(DatabaseModel database, Daemon caller, Consumer<LockPicture> answer) {
    Exchange exchange = new Exchange(database, caller);
    exchange.attempt(answer, term -> exchange.look(term, answer));
  }

  private <T> void attempt(Consumer<T> answer, Consumer<DatabaseModel.Term> then) {
    if (!host.databaseIsOpen()) {
      caller.later(Times.MILLI, () -> answer.accept(null));
      return;
    }
    Optional<DatabaseModel.Term> term = database.find(host);
    if (term.isEmpty()) {
      again(answer, then);
      return;
    }
    world.time.at(
        world.time.now() + way(term.get()),
        null,
        () -> {
          if (term.get().leads() && database.members.joined(host, term.get().leader)) {
            then.accept(term.get());
          } else {
            again(answer, then);
          }
        });
  }

  /** It is known to have had no effect. */
  private <T> void again(Consumer<T> answer, Consumer<DatabaseModel.Term> then) {
    long at = world.time.now() + world.chance.between(Times.MILLI, PAUSE);
    if (at > givesUpAt) {
      unknown(answer);
    } else {
      world.time.at(at, caller, () -> attempt(answer, then));
    }
  }

  private void look(DatabaseModel.Term term, Consumer<LockPicture> answer) {
    LockPicture picture = term.tables().picture();
    reply(term, givesUpAt, () -> answer.accept(picture), answer);
  }

  private <T> void begin(DatabaseModel.Term term, DatabaseModel.Work<T> work, Consumer<T> answer) {
    if (!term.begin(this)) {
      again(answer, now -> begin(now, work, answer));
      return;
    }
    heardAt = world.time.now();
    reply(term, givesUpAt, () -> state(term, work, answer), answer);
  }

  /** The statements; nobody else writes meanwhile. */
  private <T> void state(DatabaseModel.Term term, DatabaseModel.Work<T> work, Consumer<T> answer) {
    long now = world.time.now();
    if (now > givesUpAt || !term.leads() || !database.members.joined(host, term.leader)) {
      over = true;
      term.end(this);
      unknown(answer);
      return;
    }
    MemoryTables draft = term.tables().copy();
    T result = run(work, draft);
    long waits = Math.max(givesUpAt, now + host.clock.duration(LEAST));
    world.time.at(arrival(term, waits), null, () -> commit(term, draft, result, waits, answer));
  }

  private <T> void commit(
      DatabaseModel.Term term, MemoryTables draft, T result, long waits, Consumer<T> answer) {
    boolean committed = database.members.passes(host, term.leader) && term.commit(this, draft);
    over = true;
    if (committed) {
      reply(term, waits, () -> answer.accept(result), answer);
    } else {
      world.time.at(Math.max(waits, world.time.now()), caller, () -> answer.accept(null));
    }
  }

  /** Some commits arrive when nobody waits for their answer any longer. */
  private long arrival(DatabaseModel.Term term, long waits) {
    long now = world.time.now();
    if (host.has(FaultKind.LATE) && world.chance.happens(HALF)) {
      long latest = now + host.until(FaultKind.LATE);
      return world.chance.between(Math.min(waits, latest), latest);
    }
    return now + way(term);
  }

  private <T> void reply(
      DatabaseModel.Term term, long waits, Runnable arrived, Consumer<T> answer) {
    long at = world.time.now() + way(term);
    if (at > waits || !database.members.passes(term.leader, host)) {
      unknown(answer);
    } else {
      world.time.at(at, caller, arrived);
    }
  }

  private <T> void unknown(Consumer<T> answer) {
    over = true;
    world.time.at(Math.max(givesUpAt, world.time.now()), caller, () -> answer.accept(null));
  }

  /**
   * Whether its transaction keeps others from writing. If nobody else writes a commit may still
   * come later: no measure of safety may need that connections are ended in time.
   */
  boolean holdsOn(DatabaseModel.Term term) {
    boolean ended = over || caller.dead();
    boolean heard = database.members.joined(host, term.leader);
    return !(ended && heard) && world.time.now() - heardAt < LONGEST_SILENCE;
  }

  /** What is lost is sent again, which takes its time. */
  private long way(DatabaseModel.Term term) {
    if (host == term.leader) {
      return host.latency();
    }
    long way = world.setup.networkTime(world.chance);
    if (slow(FaultKind.SLOW_NETWORK, term)) {
      return world.chance.between(0, 2 * Times.SECOND);
    }
    boolean lost = slow(FaultKind.LOSSY, term) && world.chance.happens(HALF);
    return lost ? way + world.chance.scaled(200 * Times.MILLI, 3 * Times.SECOND) : way;
  }

  private boolean slow(FaultKind kind, DatabaseModel.Term term) {
    return host.has(kind) || term.leader.has(kind);
  }

  private static <T> T run(DatabaseModel.Work<T> work, Tables tables) {
    try {
      return work.run(tables);
    } catch (DqliteException e) {
      throw new IllegalStateException(e);
    }
  }
}
