package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import io.kneard.lock.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lock and the sessions of its account, as they are at one moment: one statement, since every
 * host looks all the time.
 *
 * @param row empty if the lock has none
 */
public record LockPicture(Optional<LeaderRow> row, List<Pulse> pulses) {
  /** No lock has that epoch: it tells a session from the lock. */
  private static final long SESSION = -1;

  private static final String BOTH =
      "SELECT "
          + LeaderRow.COLUMNS
          + " FROM lock_leader WHERE account = ? UNION ALL SELECT "
          + SESSION
          + ", beat, id, '', '', 0, 0, '', ttl_millis, '', 0 FROM lock_sessions WHERE account = ?";

  static LockPicture find(Session session, String account) throws DqliteException {
    Optional<LeaderRow> lock = Optional.empty();
    List<Pulse> pulses = new ArrayList<>();
    for (Row row : session.query(BOTH, account, account)) {
      if (row.whole(0) == SESSION) {
        pulses.add(new Pulse(row.text(2), Duration.ofMillis(row.whole(8)), row.whole(1)));
      } else {
        lock = Optional.of(LeaderRow.of(row));
      }
    }
    return new LockPicture(lock, List.copyOf(pulses));
  }

  /** Whether a session has it that is not there. */
  boolean isHeldByNoSession() {
    return row.filter(lock -> !lock.free())
        .filter(lock -> pulses.stream().noneMatch(it -> it.session().equals(lock.session())))
        .isPresent();
  }

  /** As the supervisor sees it. */
  public Observation.Seen seen() {
    return row.map(LeaderRow::seen).orElseGet(LeaderRow::nothing);
  }
}
