package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One account's sessions and lock, as one transaction sees and changes them: all of its changes
 * count or none, and nobody else's come in between.
 */
public interface Tables {
  /** Adds a session whose beat is 1. */
  void addSession(String id, Holder self, boolean stands, Duration ttl) throws DqliteException;

  /** Whether there is such a session. */
  boolean hasSession(String id) throws DqliteException;

  /**
   * Raises a session's beat.
   *
   * @return whether there is such a session
   */
  boolean beat(String id) throws DqliteException;

  /** Takes a session away, if it is there. */
  void removeSession(String id) throws DqliteException;

  /**
   * Takes a session away, if its beat is still that one.
   *
   * @return whether it was
   */
  boolean removeSession(String id, long beat) throws DqliteException;

  /** All sessions. */
  List<Pulse> pulses() throws DqliteException;

  /** The lock; empty if it has no row. */
  Optional<LeaderRow> leader() throws DqliteException;

  /** Makes this the lock's row, whatever it was. */
  void putLeader(LeaderRow row) throws DqliteException;

  /**
   * Leaves a sign of life in the lock, if the session has it.
   *
   * @return whether it has
   */
  boolean sign(String id, Sign sign) throws DqliteException;

  /** Frees the lock with the mark of a release and without a sign, if the session has it. */
  void release(String id, Optional<Handover> handover) throws DqliteException;

  /** Frees the lock without that mark, if the session has it. */
  void free(String id) throws DqliteException;
}
