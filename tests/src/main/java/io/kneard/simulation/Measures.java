package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Observation;
import io.kneard.lock.Renewal;
import io.kneard.lock.embedded.LockPicture;
import io.kneard.lock.embedded.Pulse;
import io.kneard.lock.embedded.Tables;
import io.kneard.simulation.ConsulModel.Terms;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Session;
import io.kneard.supervisor.Supervision;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** The safety measures as the simulation wires them: all of them, or all but one. */
final class Measures {
  private final Mutant missing;
  private final boolean firstLineOnly;

  private Measures(Mutant missing, boolean firstLineOnly) {
    this.missing = missing;
    this.firstLineOnly = firstLineOnly;
  }

  static Measures all() {
    return new Measures(null, false);
  }

  static Measures without(Mutant mutant) {
    return new Measures(mutant, mutant.firstLine);
  }

  /** A free lock is taken at once, and no agent leaves: that the lock moves late has to suffice. */
  static Measures firstLineOnly() {
    return new Measures(null, true);
  }

  private boolean has(Mutant measure) {
    return missing != measure;
  }

  /** From when a renewal counts, of when it was sent and when it was answered. */
  long renewalCounts(long sentAt, long answeredAt) {
    return has(Mutant.COUNT_FROM_ANSWER) && has(Mutant.COUNT_FROM_COMMIT) ? sentAt : answeredAt;
  }

  Renewal unansweredRenewal(String why) {
    return has(Mutant.LOST_RENEWAL_COUNTS) && has(Mutant.UNKNOWN_RENEWAL_COUNTS)
        ? new Renewal.Unreachable(why)
        : new Renewal.Renewed();
  }

  /** What an acquisition comes to that was not answered, and might have been granted. */
  Acquisition unansweredAcquisition(String why, Acquisition granted) {
    return has(Mutant.LOST_ACQUISITION_COUNTS) && has(Mutant.UNKNOWN_ACQUISITION_COUNTS)
        ? new Acquisition.Unreachable(why)
        : granted;
  }

  void lockWasTaken(Daemon daemon, String session) {
    if (!has(Mutant.COUNT_FROM_LOCK)) {
      daemon.tell(new Event.SessionRenewal(session, daemon.uptime(), new Renewal.Renewed()));
    }
  }

  Terms terms(Terms terms) {
    if (!has(Mutant.SHORT_TTL)) {
      return new Terms(terms.ttl() / 2, terms.lockDelay(), terms.onAgentsNode(), terms.checked());
    }
    if (!has(Mutant.CHECKS_WITHOUT_DELAY)) {
      return new Terms(terms.ttl(), 0, terms.onAgentsNode(), true);
    }
    return terms;
  }

  boolean holderGivesSigns() {
    return has(Mutant.NO_SIGNS);
  }

  boolean freeLockIsWaitedFor() {
    return !firstLineOnly && has(Mutant.FREE_LOCK_NOT_WAITED_FOR);
  }

  /** Whether agents leave the cluster, against which waiting is the only measure. */
  boolean agentsLeave() {
    return !firstLineOnly;
  }

  /** Whether anybody deletes sessions by hand, against which waiting is the only measure too. */
  boolean sessionsAreDeleted() {
    return !firstLineOnly;
  }

  boolean waitsInUptime() {
    return has(Mutant.WAITING_BY_WALL_CLOCK);
  }

  boolean sessionServesOnce() {
    return has(Mutant.SESSION_USED_AGAIN);
  }

  /** What is known when a daemon starts. */
  Supervision initial(Optional<String> earlierSession, long now) {
    Supervision s = Supervision.initial(earlierSession, false, now);
    if (has(Mutant.OLD_SESSION_FREED_EARLY) || earlierSession.isEmpty()) {
      return s;
    }
    Session ending =
        new Session.Ending(
            earlierSession.get(), true, Optional.empty(), false, now, now + 60 * Times.SECOND);
    return new Supervision(
        s.state(),
        s.since(),
        s.why(),
        s.node(),
        s.key(),
        ending,
        s.lock(),
        s.acquired(),
        s.probe(),
        s.fence(),
        s.paused(),
        s.notBefore(),
        s.plan(),
        s.exit(),
        s.restarts(),
        s.bound());
  }

  /** After each decision, before its orders are carried out. */
  void decided(Supervision before, Supervision after, Queue<Order> orders) {
    boolean begins = after.key() instanceof Key.GoingOut && !(before.key() instanceof Key.GoingOut);
    if (!has(Mutant.RELEASE_BEFORE_KEY_OUT)
        && begins
        && after.session() instanceof Session.Open open) {
      orders.add(new Order.ReleaseLock(open.id(), Optional.empty()));
    }
  }

  /** After the key file was removed and neard told. */
  void keyFileIsGone(Daemon daemon) {
    if (!has(Mutant.REMOVAL_UNCONFIRMED)) {
      NeardView without = new NeardView(0, false, Optional.empty(), "");
      daemon.tell(new Event.StatusOk(daemon.uptime(), without));
    }
  }

  boolean keyFileIsRemoved() {
    return has(Mutant.KEY_STAYS);
  }

  /** Whether the fence is told, and the key waits until it has heard. */
  boolean keyHasADeadline() {
    return has(Mutant.KEY_WITHOUT_DEADLINE);
  }

  boolean fenceActsByItself() {
    return has(Mutant.NO_FENCE);
  }

  /** Until when the process may live, for a deadline and when the daemon decided on it. */
  long deadline(long deadline, long decidedAt, long now) {
    return has(Mutant.DURATION_DEADLINE) || deadline == FenceRule.NONE
        ? deadline
        : now + deadline - decidedAt;
  }

  boolean fenceClockGoesOn() {
    return has(Mutant.FENCE_CLOCK_STOPS);
  }

  boolean fenceWatchesWallClock() {
    return has(Mutant.FENCE_IGNORES_WALL_CLOCK);
  }

  boolean daemonWatchesWallClock() {
    return has(Mutant.DAEMON_IGNORES_WALL_CLOCK);
  }

  /** How the fence ends neard when it has to. */
  void fenceKills(Neard neard) {
    if (has(Mutant.FENCE_SENDS_TERM)) {
      neard.kill();
    } else {
      neard.terminate();
    }
  }

  boolean daemonKillsDirectly() {
    return has(Mutant.NO_DIRECT_KILL);
  }

  boolean neardDiesWithItsFence() {
    return has(Mutant.NO_PARENT_DEATH_SIGNAL);
  }

  boolean fenceWaitsForTheHome() {
    return has(Mutant.NO_HOME_LOCK);
  }

  /** What the supervisor is told of {@code /status}. */
  NeardView viewed(NeardView view) {
    return has(Mutant.SYNC_UNCHECKED)
        ? view
        : new NeardView(view.height(), false, view.publicKey(), view.version());
  }

  /** The tables as a transaction of the embedded lock sees and changes them. */
  Tables tables(Tables tables, Supplier<LockPicture> lastSeen) {
    return missing == null && !firstLineOnly
        ? tables
        : new FaultyTables(tables, missing, !firstLineOnly, lastSeen);
  }

  /** The clock by which a session grows stale. */
  long watchClock(Daemon daemon) {
    return has(Mutant.STALE_BY_WALL_CLOCK)
        ? daemon.monotonic()
        : daemon.host.uptime() + daemon.host.clock.wallOffset() * Times.MILLI;
  }

  /** What is judged. */
  LockPicture pulses(LockPicture picture) {
    if (has(Mutant.STALE_TOO_SOON)) {
      return picture;
    }
    return new LockPicture(
        picture.row(),
        picture.pulses().stream()
            .map(pulse -> new Pulse(pulse.session(), pulse.ttl().dividedBy(2), pulse.beat()))
            .toList());
  }

  /** What the supervisor is told of a lock. */
  Observation.Seen seen(Observation.Seen seen) {
    if (seen.session().isPresent() || seen.released() || freeLockIsWaitedFor()) {
      return seen;
    }
    return new Observation.Seen(
        seen.index(),
        seen.session(),
        seen.holder(),
        false,
        true,
        Optional.empty(),
        seen.epoch(),
        seen.sign());
  }

  /** Whether whoever sets the database back has made sure that nobody signs. */
  boolean setBackWhileNobodySigns() {
    return has(Mutant.SET_BACK_BESIDE_A_SIGNER);
  }

  boolean isTold(Observation outcome) {
    return has(Mutant.LOOK_NOT_REPEATED) || outcome instanceof Observation.Seen;
  }
}
