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
      implements Session {
    private static final long NEVER = Long.MAX_VALUE;

    static Open opened(String id, long basis, long renewAt, long now) {
      return new Open(id, basis, renewAt, false, false, now, NEVER);
    }

    Open beingRenewed() {
      return new Open(id, basis, renewAt, true, acquiring, acquireAt, announceAt);
    }

    Open toBeRenewed(long at) {
      return new Open(id, basis, Math.min(renewAt, at), renewing, acquiring, acquireAt, announceAt);
    }

    Open renewed(long newBasis, long nextAt) {
      return new Open(id, newBasis, nextAt, false, acquiring, acquireAt, announceAt);
    }

    Open beingAcquired() {
      return new Open(id, basis, renewAt, renewing, true, acquireAt, announceAt);
    }

    Open acquisitionAnswered(long nextAt) {
      return new Open(id, basis, renewAt, renewing, false, nextAt, announceAt);
    }

    Open announcing(long at) {
      return new Open(id, basis, renewAt, renewing, acquiring, acquireAt, at);
    }

    Open announced() {
      return announcing(NEVER);
    }

    /** Whether the others are still to be told, now. */
    boolean announcementDue(long now) {
      return announceAt != NEVER && !acquiring && now - Math.max(announceAt, acquireAt) >= 0;
    }
  }

  /**
   * It is being given up: the lock is released, then the session destroyed. The key is out.
   *
   * @param release whether the release is still to be acknowledged
   * @param busy whether a request is under way
   * @param tryAt when to send the next request
   * @param giveUpAt when to leave the rest to the TTL; {@link Long#MAX_VALUE} while an earlier
   *     daemon's neard may still sign, so that nothing is given up yet
   */
  record Ending(
      String id,
      boolean release,
      Optional<Handover> handover,
      boolean busy,
      long tryAt,
      long giveUpAt)
      implements Session {
    private static final long NEVER = Long.MAX_VALUE;

    /** An earlier daemon's. */
    static Ending left(String id, long now) {
      return new Ending(id, false, Optional.empty(), false, now, NEVER);
    }

    /** Whether the key is certainly out, so that it may be given up. */
    boolean certain() {
      return giveUpAt != NEVER;
    }

    Ending asked(long now) {
      return new Ending(id, release, handover, true, now, giveUpAt);
    }

    /** An answer came. */
    Ending answered(boolean releaseLeft, long nextAt) {
      return new Ending(id, releaseLeft, handover, false, nextAt, giveUpAt);
    }

    Ending by(long latest) {
      return new Ending(id, release, handover, busy, tryAt, Math.min(giveUpAt, latest));
    }
  }
}
