package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one host does with the tables in each kind of transaction, and what it remembers between
 * them. No clock is read here: times are nanoseconds of one that only goes on.
 */
public final class Protocol {
  /**
   * How soon a change is seen that nobody has told of, in parts of the TTL: what an observer sees
   * late it holds for fresh for longer.
   */
  private static final int LOOKS_PER_TTL = 14;

  private static final Duration OFTEN = Duration.ofMillis(250);
  private static final Duration SELDOM = Duration.ofSeconds(1);

  private final Holder self;
  private final LockTiming timing;
  private final Supplier<String> names;
  private final Watch watch;

  /** The session that has the lock, as the database has said; else empty. */
  private volatile String held = "";

  /** The session for which the lock is being taken: it may have it, and not know yet. */
  private volatile String taking = "";

  /**
   * A host that has asked nothing yet.
   *
   * @param names gives names that no host ever used
   */
  public Protocol(Holder self, LockTiming timing, Supplier<String> names) {
    this.self = self;
    this.timing = timing;
    this.names = names;
    this.watch = new Watch(timing.ttl());
  }

  /** Opens a session. */
  public Opening open(Tables tables, boolean stands) throws DqliteException {
    String id = names.get();
    tables.addSession(id, self, stands, timing.ttl());
    return new Opening.Opened(id);
  }

  /**
   * Renews a session, with a sign of life if it has the lock.
   *
   * <p>A session that has lost the lock is of no more use, also if it is there itself: the row may
   * have been deleted, or be that of a database that was restored.
   */
  public Renewal renew(Tables tables, String id) throws DqliteException {
    if (!tables.beat(id)) {
      return new Renewal.Gone();
    }
    if (tables.sign(id, newSign(id))) {
      return new Renewal.Renewed();
    }
    if (id.equals(held)) {
      return new Renewal.Gone();
    }
    return id.equals(taking)
        ? new Renewal.Unreachable("the lock is just being taken")
        : new Renewal.Renewed();
  }

  private Sign newSign(String id) {
    return new Sign(id + "/" + names.get(), timing.quietAfter());
  }

  /**
   * Takes the lock, if it is free or the session's; {@link #acquired} has to be called after it.
   */
  public Acquisition acquire(Tables tables, String id, boolean live, long now)
      throws DqliteException {
    taking = id;
    if (!tables.hasSession(id)) {
      return new Acquisition.SessionGone();
    }
    Optional<LeaderRow> row = tables.leader();
    if (row.isEmpty()) {
      make(tables);
      return new Acquisition.Taken();
    }
    watch.row(row.get(), now);
    boolean mine = row.get().session().equals(id);
    if (!mine && (!row.get().free() || watch.mayBeSigning(row.get(), now))) {
      return new Acquisition.Taken();
    }
    long epoch = mine ? row.get().epoch() : row.get().epoch() + 1;
    return take(tables, id, live, epoch, row.get().revision() + 1);
  }

  private Acquisition take(Tables tables, String id, boolean live, long epoch, long revision)
      throws DqliteException {
    tables.putLeader(
        new LeaderRow(
            epoch,
            revision,
            id,
            Optional.of(self),
            live,
            false,
            Optional.empty(),
            Optional.of(newSign(id))));
    return new Acquisition.Acquired(epoch, revision);
  }

  /** What became of an acquisition, once its transaction was committed or not. */
  public void acquired(String id, Acquisition outcome) {
    if (outcome instanceof Acquisition.Acquired) {
      held = id;
    }
    taking = "";
  }

  /** A session is about to be released or destroyed. */
  public void givesUp(String id) {
    if (id.equals(held)) {
      held = "";
    }
  }

  /** Releases the lock, with its mark. */
  public Ending release(Tables tables, String id, Optional<Handover> handover)
      throws DqliteException {
    tables.release(id, handover);
    return new Ending.Done();
  }

  /** Ends a session; its holder has not said that it signs no more. */
  public Ending destroy(Tables tables, String id) throws DqliteException {
    tables.removeSession(id);
    tables.free(id);
    return new Ending.Done();
  }

  /** How long to wait between two looks. */
  public Duration lookEvery() {
    Duration part = timing.ttl().dividedBy(LOOKS_PER_TTL);
    return part.compareTo(OFTEN) < 0 ? OFTEN : part.compareTo(SELDOM) > 0 ? SELDOM : part;
  }

  /**
   * Which sessions were not renewed for their TTL.
   *
   * @param now taken after the picture had come
   */
  public List<Pulse> stale(LockPicture picture, long now) {
    picture.row().ifPresent(row -> watch.row(row, now));
    watch.seen(picture.pulses(), now);
    return watch.stale(picture.pulses(), now);
  }

  /**
   * Whether {@link #tidy} has something to do.
   *
   * @param stale of the same picture
   */
  public boolean untidy(LockPicture picture, List<Pulse> stale) {
    return !stale.isEmpty() || picture.row().isEmpty() || picture.isHeldByNoSession();
  }

  /**
   * Ends sessions that were not renewed; one that was after all is left alone. Makes the lock's row
   * if there is none. A lock whose session somebody deleted is freed: that session is never renewed
   * again, and how long its host may go on signing is told by the sign, which stays.
   */
  public boolean tidy(Tables tables, List<Pulse> stale) throws DqliteException {
    for (Pulse pulse : stale) {
      if (tables.removeSession(pulse.session(), pulse.beat())) {
        tables.free(pulse.session());
      }
    }
    Optional<LeaderRow> row = tables.leader();
    if (row.isEmpty()) {
      make(tables);
    } else if (!row.get().free() && !tables.hasSession(row.get().session())) {
      tables.free(row.get().session());
    }
    return true;
  }

  /**
   * A database without the row may have forgotten who held the lock, and with which settings: so it
   * says for how long to wait, by the longest TTL that this host knows of. The row is new each
   * time, so nobody takes what he had seen missing before for what is missing now.
   */
  private void make(Tables tables) throws DqliteException {
    tables.putLeader(LeaderRow.made(new Sign("made/" + names.get(), watch.longestTtl())));
  }
}
