package io.kneard.supervisor;

import io.kneard.lock.Handover;
import java.util.Optional;

/** Something to be done. All are idempotent: they may be repeated after a crash. */
public sealed interface Order {
  /**
   * Start neard below a fence. As a standby the key file is removed first; as a validator it is put
   * in place, and the deadline is the fence's. {@code expected_shutdown} never survives it.
   */
  record StartNeard(Role role, Optional<Long> deadline) implements Order {}

  /** Send SIGTERM, and have the fence send SIGKILL at {@code killAt}. */
  record TermNeard(long killAt, String why) implements Order {}

  /** Send SIGKILL at once, through the fence and directly. */
  record KillNeard(String why) implements Order {}

  /** Tell the fence until when neard may live; empty: as long as the daemon does. */
  record SetDeadline(Optional<Long> deadline) implements Order {}

  /** Ask {@code /status}. */
  record AskStatus() implements Order {}

  /** With the deadline taken over by the fence: put the key file in place and send SIGHUP. */
  record InsertKey(long deadline) implements Order {}

  /** Remove the key file and send SIGHUP. */
  record RemoveKey() implements Order {}

  /** Remove the key file; there is no process. */
  record CleanSlot() implements Order {}

  /** Take the planned stop out of neard's configuration. */
  record ForgetPlannedStop() implements Order {}

  /** Open a session; {@code stands}: and be a candidate for the lock. */
  record OpenSession(boolean stands) implements Order {}

  /** Renew it. */
  record RenewSession(String session) implements Order {}

  /** Take the lock, or, with {@code live}, tell the others that this host signs. */
  record AcquireLock(String session, boolean live) implements Order {}

  /** Give the lock back. */
  record ReleaseLock(String session, Optional<Handover> handover) implements Order {}

  /** End the session. */
  record DestroySession(String session) implements Order {}

  /** Look at the lock: at once for index 0, else when it changes. */
  record WatchLock(long index) implements Order {}

  /** Have the volume that goes with the validator attached to this host, and keep looking at it. */
  record AttachVolume() implements Order {}

  /** Have it detached. */
  record DetachVolume() implements Order {}

  /** End the daemon. */
  record Exit(int status) implements Order {}
}
