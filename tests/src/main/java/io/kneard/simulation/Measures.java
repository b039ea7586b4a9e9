package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Renewal;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Supervision;
import java.util.Optional;
import java.util.Queue;

/**
 * The safety measures, as the daemon has them. Each {@link Mutant} takes one away, to show that the
 * search notices.
 */
class Measures {
  static final Measures ALL = new Measures();

  /** From when a renewal counts, of when it was sent and when it was answered. */
  long renewalCounts(long sentAt, long answeredAt) {
    return sentAt;
  }

  boolean fenceActsAtDeadline() {
    return true;
  }

  boolean fenceWatchesWallClock() {
    return true;
  }

  boolean daemonWatchesWallClock() {
    return true;
  }

  boolean fenceActsAtEndOfInput() {
    return true;
  }

  boolean fenceWaitsForTheHome() {
    return true;
  }

  boolean neardDiesWithItsFence() {
    return true;
  }

  boolean daemonKillsDirectly() {
    return true;
  }

  boolean keyAwaitsTheDeadline() {
    return true;
  }

  boolean keyFileIsRemoved() {
    return true;
  }

  /** Until when the process may live, for a deadline and when the daemon wrote it. */
  long deadline(long deadline, long writtenAt, long now) {
    return deadline;
  }

  /** How the fence ends neard when it has to. */
  void fenceKills(Neard neard) {
    neard.kill();
  }

  /** What is known when a daemon starts. */
  Supervision initial(Optional<String> earlierSession, long now) {
    return Supervision.initial(earlierSession, false, now);
  }

  /** What the supervisor is told of {@code /status}. */
  Event answered(Event.StatusOk event, long answeredAt) {
    return event;
  }

  /** After the key file was removed and neard told. */
  void keyFileIsGone(Daemon daemon) {}

  Renewal unansweredRenewal(String why) {
    return new Renewal.Unreachable(why);
  }

  Acquisition unansweredAcquisition(String why) {
    return new Acquisition.Unreachable(why);
  }

  /** After each decision, before its orders are carried out. */
  void decided(Supervision current, Queue<Order> orders) {}
}
