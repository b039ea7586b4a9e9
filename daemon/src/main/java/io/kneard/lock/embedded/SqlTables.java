package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Session;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The tables of {@link LockTables}, on a session with the database. */
record SqlTables(Session session, String account) implements Tables {
  @Override
  public void addSession(String id, Holder self, boolean stands, Duration ttl)
      throws DqliteException {
    session.execute(
        "INSERT INTO lock_sessions VALUES (?, ?, ?, ?, ?, ?, 1)",
        id,
        account,
        self.hostname(),
        self.nodeId(),
        stands,
        ttl.toMillis());
  }

  @Override
  public boolean hasSession(String id) throws DqliteException {
    return !session.query("SELECT 1 FROM lock_sessions WHERE id = ?", id).isEmpty();
  }

  @Override
  public boolean beat(String id) throws DqliteException {
    return changes("UPDATE lock_sessions SET beat = beat + 1 WHERE id = ?", id);
  }

  @Override
  public void removeSession(String id) throws DqliteException {
    session.execute("DELETE FROM lock_sessions WHERE id = ?", id);
  }

  @Override
  public boolean removeSession(String id, long beat) throws DqliteException {
    return changes("DELETE FROM lock_sessions WHERE id = ? AND beat = ?", id, beat);
  }

  @Override
  public List<Pulse> pulses() throws DqliteException {
    return session
        .query("SELECT id, ttl_millis, beat FROM lock_sessions WHERE account = ?", account)
        .stream()
        .map(row -> new Pulse(row.text(0), Duration.ofMillis(row.whole(1)), row.whole(2)))
        .toList();
  }

  @Override
  public Optional<LeaderRow> leader() throws DqliteException {
    return LeaderRow.find(session, account);
  }

  @Override
  public void putLeader(LeaderRow row) throws DqliteException {
    session.execute(
        "INSERT OR REPLACE INTO lock_leader VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        account,
        row.epoch(),
        row.revision(),
        row.session(),
        row.holder().map(Holder::hostname).orElse(""),
        row.holder().map(Holder::nodeId).orElse(""),
        row.live(),
        row.released(),
        row.handover().map(Handover::toNodeId).orElse(""),
        row.handover().map(wish -> wish.lifetime().toMillis()).orElse(0L),
        row.sign().map(Sign::id).orElse(""),
        row.sign().map(sign -> sign.quietAfter().toMillis()).orElse(0L));
  }

  @Override
  public boolean sign(String id, Sign sign) throws DqliteException {
    return changes(
        "UPDATE lock_leader SET sign = ?, quiet_millis = ?, revision = revision + 1"
            + " WHERE account = ? AND session = ?",
        sign.id(),
        sign.quietAfter().toMillis(),
        account,
        id);
  }

  @Override
  public void release(String id, Optional<Handover> handover) throws DqliteException {
    session.execute(
        "UPDATE lock_leader SET session = '', live = 0, released = 1, handover_node = ?,"
            + " handover_millis = ?, sign = '', quiet_millis = 0, revision = revision + 1"
            + " WHERE account = ? AND session = ?",
        handover.map(Handover::toNodeId).orElse(""),
        handover.map(wish -> wish.lifetime().toMillis()).orElse(0L),
        account,
        id);
  }

  @Override
  public void free(String id) throws DqliteException {
    session.execute(
        "UPDATE lock_leader SET session = '', live = 0, released = 0, revision = revision + 1"
            + " WHERE account = ? AND session = ?",
        account,
        id);
  }

  private boolean changes(String sql, Object... parameters) throws DqliteException {
    return session.execute(sql, parameters).rowsAffected() > 0;
  }
}
