package io.kneard.lock;

import java.time.Duration;
import java.util.Optional;

/**
 * The lock that only the signing host holds.
 *
 * <p>Each call is one exchange with the store, blocks for a bounded time and never throws for what
 * a store or a network can do: those outcomes are values. None of them retries a request whose
 * outcome is unknown; who decides does that. Calls may be made from several threads at once;
 * closing ends those that wait, at once.
 */
public interface LeaderLock extends AutoCloseable {
  /**
   * Opens a session that lives as long as {@link LockTiming#ttl} after each renewal.
   *
   * @param stands whether this host would take the lock if it were free; one that is paused would
   *     not, and is not among the {@link #candidates}
   */
  Opening open(boolean stands);

  /** Restarts the session's clock. */
  Renewal renew(String session);

  /**
   * Takes the lock for the session, or, if the session has it already, writes the value again.
   *
   * @param live whether this host has confirmed that it signs; others read it
   */
  Acquisition acquire(String session, boolean live);

  /**
   * Gives the lock back, marked as released in order. Only to be called once the key is out of the
   * process. Done also if the session did not hold it.
   */
  Ending release(String session, Optional<Handover> handover);

  /** Ends the session. */
  Ending destroy(String session);

  /**
   * Looks at the lock.
   *
   * @param index 0 to look at once, else the index of the last look, to wait for a change
   * @param wait how long to wait for a change, at most; whole seconds
   */
  Observation observe(long index, Duration wait);

  /** Asks which hosts stand ready. */
  Candidates candidates();

  /** Takes new credentials into use, for example a token file that changed. */
  void reload();

  /** Ends every call that waits. */
  @Override
  void close();
}
