package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.Sign;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one host does with the tables in each kind of transaction, and what it remembers between
 * them. No clock is read here: times are nanoseconds of one that only goes on.
 */
public final class Protocol {
  /** What a look reads. */
  public record Picture(Optional<LeaderRow> row, List<Pulse> pulses) {
    /** As the supervisor sees it. */
    public Observation.Seen seen() {
      return row.map(LeaderRow::seen).orElseGet(LeaderRow::nothing);
    }
  }

  private final Holder self;
  private final LockTiming timing;
  private final Supplier<String> names;
  private final Watch watch = new Watch();

  /** The session that has the lock, as the database has said; else empty. */
  private volatile String held = "";

  /**
   * A host that has asked nothing yet.
   *
   * @param names gives names that no host ever used
   */
  public Protocol(Holder self, LockTiming timing, Supplier<String> names) {
    this.self = self;
    this.timing = timing;
    this.names = names;
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
    boolean has = tables.sign(id, newSign(id));
    return !has && id.equals(held) ? new Renewal.Gone() : new Renewal.Renewed();
  }

  private Sign newSign(String id) {
    return new Sign(id + "/" + names.get(), timing.quietAfter());
  }

  /**
   * Takes the lock, if it is free or the session's; {@link #acquired} has to be called after it.
   */
  public Acquisition acquire(Tables tables, String id, boolean live, long now)
      throws DqliteException {
    if (!tables.hasSession(id)) {
      return new Acquisition.SessionGone();
    }
    Optional<LeaderRow> row = tables.leader();
    if (row.isEmpty()) {
      make(tables);
      return new Acquisition.Taken();
    }
    watch.row(row.get(), now);
    if (watch.isNew(row.get(), timing.ttl(), now)) {
      return new Acquisition.Taken();
    }
    boolean mine = row.get().session().equals(id);
    if (!mine && !row.get().free()) {
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

  /** Reads what {@link #stale} judges. */
  public Picture look(Tables tables) throws DqliteException {
    return new Picture(tables.leader(), tables.pulses());
  }

  /**
   * Which sessions were not renewed for their TTL.
   *
   * @param now taken after the picture had come
   */
  public List<Pulse> stale(Picture picture, long now) {
    picture.row().ifPresent(row -> watch.row(row, now));
    watch.seen(picture.pulses(), now);
    return watch.stale(picture.pulses(), now);
  }

  /**
   * Ends sessions that were not renewed; one that was after all is left alone. Makes the lock's row
   * if there is none.
   */
  public boolean tidy(Tables tables, List<Pulse> stale) throws DqliteException {
    for (Pulse pulse : stale) {
      if (tables.removeSession(pulse.session(), pulse.beat())) {
        tables.free(pulse.session());
      }
    }
    if (tables.leader().isEmpty()) {
      make(tables);
    }
    return true;
  }

  /**
   * A database without the row may have forgotten who held the lock. The row is new each time, so
   * nobody takes what he had seen missing before for what is missing now.
   */
  private void make(Tables tables) throws DqliteException {
    tables.putLeader(LeaderRow.made(newSign("made")));
  }
}
