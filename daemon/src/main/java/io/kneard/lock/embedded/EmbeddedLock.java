package io.kneard.lock.embedded;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Session;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lock in the cluster's database. Each call is one transaction, which a majority of the voters
 * has to take: what a member says that has lost them counts for nothing. One whose outcome is not
 * known says so, and finds out when it is made again.
 */
public final class EmbeddedLock implements LeaderLock {
  private static final String NO_CLUSTER =
      "this host is in no cluster: 'kneardctl cluster bootstrap' or 'join'";

  private final Supplier<Optional<ClusterDatabase>> database;
  private final String account;
  private final Protocol protocol;
  private final Runnable tellOthers;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closed;

  /**
   * A lock that has asked nothing yet.
   *
   * @param database empty while the host is in no cluster
   * @param tellOthers that the lock is free, so that they need not find out; must not block
   * @param account whose lock it is
   */
  public EmbeddedLock(
      Supplier<Optional<ClusterDatabase>> database,
      Runnable tellOthers,
      String account,
      Holder self,
      LockTiming timing) {
    this.database = database;
    this.tellOthers = tellOthers;
    this.account = account;
    this.protocol = new Protocol(self, timing, () -> UUID.randomUUID().toString());
  }

  @Override
  public Opening open(boolean stands) {
    return write(tables -> protocol.open(tables, stands), Opening.Unreachable::new);
  }

  @Override
  public Renewal renew(String id) {
    return write(tables -> protocol.renew(tables, id), Renewal.Unreachable::new);
  }

  @Override
  public Acquisition acquire(String id, boolean live) {
    Acquisition outcome =
        write(
            tables -> protocol.acquire(tables, id, live, System.nanoTime()),
            Acquisition.Unreachable::new);
    protocol.acquired(id, outcome);
    return outcome;
  }

  @Override
  public Ending release(String id, Optional<Handover> handover) {
    protocol.givesUp(id);
    return told(write(tables -> protocol.release(tables, id, handover), Ending.Unreachable::new));
  }

  @Override
  public Ending destroy(String id) {
    protocol.givesUp(id);
    return told(write(tables -> protocol.destroy(tables, id), Ending.Unreachable::new));
  }

  private Ending told(Ending ending) {
    if (ending instanceof Ending.Done) {
      tellOthers.run();
    }
    return ending;
  }

  @Override
  public Observation observe(long index, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Observation seen = look();
      boolean news = seen instanceof Observation.Seen now && now.index() != index;
      long left = deadline - System.nanoTime();
      if (index == 0 || news || seen instanceof Observation.Unreachable || left <= 0) {
        return seen;
      }
      if (rest(Math.min(left, protocol.lookEvery().toNanos()))) {
        return new Observation.Unreachable("the lock is closed");
      }
    }
  }

  /** Until it is time to look again; whether the lock was closed meanwhile. */
  private boolean rest(long nanos) {
    try {
      if (wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
      return closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Somebody says that the lock has changed. */
  public void lookNow() {
    wake.release();
  }

  private Observation look() {
    return ask(
        () -> {
          LockPicture picture = at().readQuickly(session -> LockPicture.find(session, account));
          List<Pulse> stale = protocol.stale(picture, System.nanoTime());
          if (protocol.untidy(picture, stale)) {
            at().transactQuickly(session -> protocol.tidy(tables(session), stale));
            picture = at().readQuickly(session -> LockPicture.find(session, account));
          }
          return picture.seen();
        },
        Observation.Unreachable::new);
  }

  private Tables tables(Session session) {
    return new SqlTables(session, account);
  }

  @Override
  public Candidates candidates() {
    return ask(
        () ->
            new Candidates.Found(
                at().readQuickly(
                        session ->
                            session
                                .query(
                                    "SELECT DISTINCT host, node FROM lock_sessions"
                                        + " WHERE account = ? AND stands = 1",
                                    account)
                                .stream()
                                .map(row -> new Holder(row.text(0), row.text(1)))
                                .toList())),
        Candidates.Unreachable::new);
  }

  private interface Change<T> {
    T make(Tables tables) throws DqliteException;
  }

  private <T> T write(Change<T> change, Function<String, T> unreachable) {
    return ask(() -> at().transactQuickly(session -> change.make(tables(session))), unreachable);
  }

  private interface Call<T> {
    T run() throws DatabaseUnavailable;
  }

  private <T> T ask(Call<T> call, Function<String, T> unreachable) {
    if (closed) {
      return unreachable.apply("the lock is closed");
    }
    if (database.get().isEmpty()) {
      return unreachable.apply(NO_CLUSTER);
    }
    try {
      return call.run();
    } catch (DatabaseUnavailable e) {
      return unreachable.apply(e.getMessage());
    }
  }

  private ClusterDatabase at() throws DatabaseUnavailable {
    return database.get().orElseThrow(() -> new DatabaseUnavailable(NO_CLUSTER));
  }

  /** There is nothing to be read again. */
  @Override
  public void reload() {}

  @Override
  public void close() {
    closed = true;
    wake.release();
  }
}
