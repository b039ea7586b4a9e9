package io.kneard.dqlite.node;

import java.time.Duration;

/**
 * Notices a peer that is gone without a word, such as a host without power. Nodes answer each other
 * on connections of their own, so one connection cannot know, and TCP tries again for minutes;
 * until then the library would not connect anew to a peer that is back.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 */
final class PeerSilence {
  /** Much longer than an election, and enough for a large message on a slow line. */
  static final Duration BOUND = Duration.ofSeconds(15);

  /** A connection on which nothing is sent waits for nothing. */
  static final Duration STILL_SENDING = Duration.ofSeconds(5);

  private boolean waiting;
  private long since;

  /** Something is sent to the peer. */
  synchronized void sent(long now) {
    if (!waiting) {
      waiting = true;
      since = now;
    }
  }

  /** Something came from the peer, on any connection. */
  synchronized void heard() {
    waiting = false;
  }

  /**
   * Whether a connection to the peer is to be given up.
   *
   * @param lastSent when something was sent on it
   */
  synchronized boolean isGone(long lastSent, long now) {
    return waiting && now - since > BOUND.toNanos() && now - lastSent < STILL_SENDING.toNanos();
  }
}
