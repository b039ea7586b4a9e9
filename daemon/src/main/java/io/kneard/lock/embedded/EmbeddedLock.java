package io.kneard.lock.embedded;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.DqliteClient;
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

  /**
   * How soon a change is seen that nobody has told of, in parts of the TTL: what an observer sees
   * late it holds for fresh for longer.
   */
  private static final int LOOKS_PER_TTL = 14;

  private static final Duration OFTEN = Duration.ofMillis(250);
  private static final Duration SELDOM = Duration.ofSeconds(1);

  private final Supplier<Optional<ClusterDatabase>> database;
  private final String account;
  private final Holder self;
  private final LockTiming timing;
  private final Watch watch = new Watch();
  private final Runnable tellOthers;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closed;

  /** The session that has the lock, as the database has said; else empty. */
  private volatile String held = "";

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
    this.self = self;
    this.timing = timing;
  }

  @Override
  public Opening open(boolean stands) {
    String id = UUID.randomUUID().toString();
    return write(
        session -> {
          session.execute(
              "INSERT INTO lock_sessions VALUES (?, ?, ?, ?, ?, ?, 1)",
              id,
              account,
              self.hostname(),
              self.nodeId(),
              stands,
              timing.ttl().toMillis());
          return new Opening.Opened(id);
        },
        Opening.Unreachable::new);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A session that has lost the lock is of no more use, also if it is there itself: the row may
   * have been deleted, or be that of a database that was restored.
   */
  @Override
  public Renewal renew(String id) {
    return write(
        session -> {
          long beaten =
              session
                  .execute("UPDATE lock_sessions SET beat = beat + 1 WHERE id = ?", id)
                  .rowsAffected();
          if (beaten == 0) {
            return new Renewal.Gone();
          }
          long signs =
              session
                  .execute(
                      "UPDATE lock_leader SET sign = ?, quiet_millis = ?, revision = revision + 1"
                          + " WHERE account = ? AND session = ?",
                      newSign(id),
                      timing.quietAfter().toMillis(),
                      account,
                      id)
                  .rowsAffected();
          return signs == 0 && id.equals(held) ? new Renewal.Gone() : new Renewal.Renewed();
        },
        Renewal.Unreachable::new);
  }

  private static String newSign(String id) {
    return id + "/" + UUID.randomUUID();
  }

  @Override
  public Acquisition acquire(String id, boolean live) {
    Acquisition outcome = tryToTake(id, live);
    if (outcome instanceof Acquisition.Acquired) {
      held = id;
    }
    return outcome;
  }

  private Acquisition tryToTake(String id, boolean live) {
    return write(
        session -> {
          if (session.query("SELECT 1 FROM lock_sessions WHERE id = ?", id).isEmpty()) {
            return new Acquisition.SessionGone();
          }
          Optional<LeaderRow> row = LeaderRow.find(session, account);
          watch.row(row.isPresent(), System.nanoTime());
          if (row.isEmpty()) {
            return watch.missingFor(timing.ttl(), System.nanoTime())
                ? take(session, id, live, 1, LeaderRow.MISSING + 1)
                : new Acquisition.Taken();
          }
          boolean mine = row.get().session().equals(id);
          if (!mine && !row.get().free()) {
            return new Acquisition.Taken();
          }
          long epoch = mine ? row.get().epoch() : row.get().epoch() + 1;
          return take(session, id, live, epoch, row.get().revision() + 1);
        },
        Acquisition.Unreachable::new);
  }

  private Acquisition take(Session session, String id, boolean live, long epoch, long revision)
      throws DqliteException {
    session.execute(
        "INSERT OR REPLACE INTO lock_leader VALUES (?, ?, ?, ?, ?, ?, ?, 0, '', 0, ?, ?)",
        account,
        epoch,
        revision,
        id,
        self.hostname(),
        self.nodeId(),
        live,
        newSign(id),
        timing.quietAfter().toMillis());
    return new Acquisition.Acquired(epoch, revision);
  }

  @Override
  public Ending release(String id, Optional<Handover> handover) {
    giveUp(id);
    return told(
        write(
            session -> {
              session.execute(
                  "UPDATE lock_leader SET session = '', live = 0, released = 1, handover_node = ?,"
                      + " handover_millis = ?, sign = '', quiet_millis = 0, revision = revision + 1"
                      + " WHERE account = ? AND session = ?",
                  handover.map(Handover::toNodeId).orElse(""),
                  handover.map(wish -> wish.lifetime().toMillis()).orElse(0L),
                  account,
                  id);
              return new Ending.Done();
            },
            Ending.Unreachable::new));
  }

  @Override
  public Ending destroy(String id) {
    giveUp(id);
    return told(
        write(
            session -> {
              session.execute("DELETE FROM lock_sessions WHERE id = ?", id);
              free(session, id);
              return new Ending.Done();
            },
            Ending.Unreachable::new));
  }

  private Ending told(Ending ending) {
    if (ending instanceof Ending.Done) {
      tellOthers.run();
    }
    return ending;
  }

  private void giveUp(String id) {
    if (id.equals(held)) {
      held = "";
    }
  }

  /** Without the mark of a release: its holder has not said that it signs no more. */
  private void free(Session session, String id) throws DqliteException {
    session.execute(
        "UPDATE lock_leader SET session = '', live = 0, released = 0, revision = revision + 1"
            + " WHERE account = ? AND session = ?",
        account,
        id);
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
      if (rest(Math.min(left, lookEvery().toNanos()))) {
        return new Observation.Unreachable("the lock is closed");
      }
    }
  }

  private Duration lookEvery() {
    Duration part = timing.ttl().dividedBy(LOOKS_PER_TTL);
    return part.compareTo(OFTEN) < 0 ? OFTEN : part.compareTo(SELDOM) > 0 ? SELDOM : part;
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
          long now = System.nanoTime();
          watch.row(picture.row().isPresent(), now);
          watch.seen(picture.pulses(), now);
          List<Watch.Pulse> stale = watch.stale(picture.pulses(), now);
          if (!stale.isEmpty()) {
            end(stale);
            picture = at().readQuickly(session -> LockPicture.find(session, account));
          }
          return picture.row().map(LeaderRow::seen).orElseGet(LeaderRow::nothing);
        },
        Observation.Unreachable::new);
  }

  /** Ends sessions that were not renewed; one that was after all is left alone. */
  private void end(List<Watch.Pulse> stale) throws DatabaseUnavailable {
    at().transactQuickly(
            session -> {
              for (Watch.Pulse pulse : stale) {
                long ended =
                    session
                        .execute(
                            "DELETE FROM lock_sessions WHERE id = ? AND beat = ?",
                            pulse.session(),
                            pulse.beat())
                        .rowsAffected();
                if (ended > 0) {
                  free(session, pulse.session());
                }
              }
              return true;
            });
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

  private <T> T write(DqliteClient.Work<T> work, Function<String, T> unreachable) {
    return ask(() -> at().transactQuickly(work), unreachable);
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
