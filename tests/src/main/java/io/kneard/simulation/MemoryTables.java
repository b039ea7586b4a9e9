package io.kneard.simulation;

import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Sign;
import io.kneard.lock.embedded.LeaderRow;
import io.kneard.lock.embedded.LockPicture;
import io.kneard.lock.embedded.Pulse;
import io.kneard.lock.embedded.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lock's tables without a database: a transaction works on a copy. */
final class MemoryTables implements Tables {
  private final Map<String, Pulse> sessions = new LinkedHashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private LeaderRow row;

  MemoryTables copy() {
    MemoryTables copy = new MemoryTables();
    copy.sessions.putAll(sessions);
    copy.nodes.putAll(nodes);
    copy.row = row;
    return copy;
  }

  LockPicture picture() {
    return new LockPicture(leader(), List.copyOf(sessions.values()));
  }

  void forget(boolean all) {
    row = null;
    if (all) {
      sessions.clear();
    }
  }

  /** Those of a node, or all. */
  void deleteSessions(Optional<String> of) {
    sessions.keySet().removeIf(id -> of.isEmpty() || of.get().equals(nodes.get(id)));
    nodes.keySet().retainAll(sessions.keySet());
  }

  @Override
  public void addSession(String id, Holder self, boolean stands, Duration ttl) {
    nodes.put(id, self.nodeId());
    sessions.put(id, new Pulse(id, ttl, 1));
  }

  @Override
  public boolean hasSession(String id) {
    return sessions.containsKey(id);
  }

  @Override
  public boolean beat(String id) {
    return sessions.computeIfPresent(
            id, (name, pulse) -> new Pulse(name, pulse.ttl(), pulse.beat() + 1))
        != null;
  }

  @Override
  public void removeSession(String id) {
    sessions.remove(id);
  }

  @Override
  public boolean removeSession(String id, long beat) {
    Pulse pulse = sessions.get(id);
    return pulse != null && pulse.beat() == beat && sessions.remove(id) != null;
  }

  @Override
  public Optional<LeaderRow> leader() {
    return Optional.ofNullable(row);
  }

  @Override
  public void putLeader(LeaderRow next) {
    row = next;
  }

  private boolean has(String id) {
    return row != null && row.session().equals(id);
  }

  @Override
  public boolean sign(String id, Sign sign) {
    if (has(id)) {
      row = changed(id, row.live(), row.released(), row.handover(), Optional.of(sign));
      return true;
    }
    return false;
  }

  @Override
  public void release(String id, Optional<Handover> handover) {
    if (has(id)) {
      row = changed("", false, true, handover, Optional.empty());
    }
  }

  @Override
  public void free(String id) {
    if (has(id)) {
      row = changed("", false, false, row.handover(), row.sign());
    }
  }

  private LeaderRow changed(
      String session,
      boolean live,
      boolean released,
      Optional<Handover> handover,
      Optional<Sign> sign) {
    return new LeaderRow(
        row.epoch(), row.revision() + 1, session, row.holder(), live, released, handover, sign);
  }
}
