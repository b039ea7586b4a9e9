package io.kneard.supervisor;

import io.kneard.lock.Handover;
import java.util.Optional;

/** This host's session in the lock store. One session serves one holding of the lock at most. */
public sealed interface Session {

  /** There is none. */
  record None(long openAt) implements Session {}

  /**
   * One was asked for.
   *
   * @param stands whether as a candidate for the lock
   */
  record Opening(boolean stands) implements Session {}

  /**
   * It is open, as far as the store has said.
   *
   * @param basis when the last acknowledged renewal, or the opening, was sent: from here the TTL,
   *     and every deadline, is counted
   * @param renewAt when to renew next
   * @param renewing whether a renewal is under way
   * @param acquiring whether an acquisition is under way
   * @param acquireAt not to try to acquire before
   * @param announceAt when to tell the others that this host signs; {@link Long#MAX_VALUE} if that
   *     is done or not so
   */
  record Open(
      String id,
      long basis,
      long renewAt,
      boolean renewing,
      boolean acquiring,
      long acquireAt,
      long announceAt)
      implements Session {}

  /**
   * It is being given up: the lock is released, then the session destroyed. The key is out.
   *
   * @param release whether the release is still to be acknowledged
   * @param busy whether a request is under way
   * @param tryAt when to send the next request
   * @param giveUpAt when to leave the rest to the TTL
   */
  record Ending(
      String id,
      boolean release,
      Optional<Handover> handover,
      boolean busy,
      long tryAt,
      long giveUpAt)
      implements Session {}
}
