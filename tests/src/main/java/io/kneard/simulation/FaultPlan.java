package io.kneard.simulation;

import io.kneard.lock.LockTiming;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what goes wrong in a schedule. Each seed allows only some kinds of fault, so that many of
 * one kind come together in some schedules (swarm testing), and its faults come in storms, so that
 * they meet. Half of the seeds are guided: their storms break out where a lock moves or a key is on
 * its way, and half of their faults, whatever the seed allows, are pauses and what makes a lock
 * move.
 */
final class FaultPlan {
  private static final FaultKind[] AROUND_A_MOVE = {
    FaultKind.DAEMON_FROZEN,
    FaultKind.FENCE_FROZEN,
    FaultKind.NEARD_FROZEN,
    FaultKind.NEARD_HANGS,
    FaultKind.DISK_STALLS,
    FaultKind.HOST_SUSPENDED,
    FaultKind.HOST_STOPPED,
    FaultKind.WALL_SET,
    FaultKind.CUT_UP,
    FaultKind.CUT_DOWN,
    FaultKind.LOSSY,
    FaultKind.SLOW_NETWORK,
    FaultKind.LATE,
    FaultKind.AGENT_LEAVES
  };
  private static final Point[] MOVES = {
    Point.DEADLINE_ORDERED,
    Point.OPEN_STAMPED,
    Point.RENEWAL_STAMPED,
    Point.SIGN_GIVEN,
    Point.RENEWAL_ANSWERED,
    Point.ACQUIRING,
    Point.ACQUIRED,
    Point.RELEASING,
    Point.LOCK_MOVED,
    Point.LOCK_FREED
  };
  private static final double[] SHARES = {0.1, 0.25, 0.5};
  private static final double FOCUSED = 0.8;
  private static final long LONGEST = 120 * Times.SECOND;

  private final Chance chance;
  private final Setup setup;
  private final Focus focus;
  private final List<FaultKind> kinds = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  private FaultPlan(Chance chance, Setup setup, Focus focus) {
    this.chance = chance;
    this.setup = setup;
    this.focus = focus;
    double share = SHARES[chance.below(SHARES.length)];
    List<FaultKind> all = FaultKind.with(setup.config);
    for (FaultKind kind : all) {
      if (chance.happens(share)) {
        kinds.add(kind);
      }
    }
    if (setup.hostsDiffer() && kinds.contains(FaultKind.LOCK_FORGOTTEN)) {
      kinds.remove(FaultKind.SESSIONS_DELETED); // both together leave no trace of the settings
    }
    if (kinds.isEmpty()) {
      kinds.add(all.get(chance.below(all.size())));
    }
  }

  static List<Fault> draw(long seed, Focus focus) {
    Chance root = new Chance(seed);
    Setup setup = new Setup(focus.config(), root.split());
    root.split(); // the world's
    FaultPlan plan = new FaultPlan(root.split(), setup, focus);
    plan.storms();
    return plan.faults;
  }

  private void storms() {
    boolean guided = chance.happens(0.5);
    int storms = 1 + chance.below(4);
    for (int i = 0; i < storms; i++) {
      int strength = 1 + chance.below(5);
      boolean focused = focus.narrow() && chance.happens(FOCUSED);
      if (guided || (focused && !focus.points().isEmpty())) {
        Point point = point(focused);
        int where = chance.happens(0.6) ? Fault.ANYWHERE : host();
        int occurrence = 1 + chance.below(rare(point) ? 4 : 60);
        storm(strength, 0, point, where, occurrence, focused);
      } else {
        long begin = chance.between(2 * Times.SECOND, setup.calmFrom() - Times.SECOND);
        storm(strength, begin, null, Fault.ANYWHERE, 0, focused);
      }
    }
  }

  private Point point(boolean focused) {
    if (focused && !focus.points().isEmpty()) {
      return focus.points().get(chance.below(focus.points().size()));
    }
    return chance.of(chance.happens(0.5) ? MOVES : Point.values());
  }

  /**
   * Some begin together, some at any time, and some just before or after another one ends; in some
   * storms all of them strike one host.
   */
  private void storm(
      int strength, long begin, Point point, int where, int occurrence, boolean focused) {
    long end = begin;
    boolean all = chance.happens(0.4);
    for (int i = 0; i < strength; i++) {
      int when = chance.below(10);
      long at =
          when < 4
              ? begin
              : when < 7 || i == 0
                  ? begin + delay()
                  : Math.max(begin, end + chance.between(-Times.SECOND, 2 * Times.SECOND));
      FaultKind kind = kind(point, focused);
      Fault fault = draw(kind, point, where, occurrence, Math.min(at, setup.calmFrom()), all);
      faults.add(fault);
      end = fault.at() + fault.length();
    }
  }

  private static boolean rare(Point point) {
    return switch (point) {
      case ORDERED,
          DEADLINE_ORDERED,
          RENEWAL_STAMPED,
          SIGN_GIVEN,
          RENEWAL_ANSWERED,
          STATUS_ASKED,
          LOOK_ANSWERED ->
          false;
      default -> true;
    };
  }

  private FaultKind kind(Point point, boolean focused) {
    if (focused && chance.happens(FOCUSED)) {
      return focus.kinds().get(chance.below(focus.kinds().size()));
    }
    return point != null && chance.happens(0.5)
        ? chance.of(AROUND_A_MOVE)
        : kinds.get(chance.below(kinds.size()));
  }

  private Fault draw(FaultKind kind, Point point, int where, int occurrence, long at, boolean all) {
    int host = point != null && (all || chance.happens(0.5)) ? Fault.HERE : host();
    return new Fault(
        kind, host, point, where, occurrence, at, kind.lasts ? length() : 0, extra(kind));
  }

  private int host() {
    return chance.below(setup.hosts);
  }

  private long delay() {
    return chance.scaled(Times.MILLI, 40 * Times.SECOND);
  }

  /** Anything, but often about as long as one of the times that matter. */
  private long length() {
    LockTiming timing = setup.timing;
    long length =
        switch (chance.below(10)) {
          case 0, 1 -> chance.scaled(Times.MILLI, Times.SECOND);
          case 2, 3, 4 -> chance.scaled(Times.SECOND, LONGEST);
          case 5 -> about(timing.renewEvery().toNanos());
          case 6 -> about(timing.stopAfter().toNanos());
          case 7 -> about(timing.killAfter().toNanos());
          case 8 -> about(timing.ttl().toNanos());
          default -> about(2 * timing.ttl().toNanos());
        };
    return Math.min(Math.max(length, Times.MILLI), LONGEST);
  }

  private long about(long time) {
    return time + chance.between(-2 * Times.SECOND, 4 * Times.SECOND);
  }

  private long extra(FaultKind kind) {
    return switch (kind) {
      case HOST_STOPPED -> chance.happens(0.3) ? -1 : chance.scaled(Times.MILLI, 5 * Times.SECOND);
      case WALL_SET -> chance.scaled(1, 3_600_000) * (chance.happens(0.5) ? 1 : -1);
      case SWITCHOVER, CUT_ONE_WAY, CUT_PAIR -> chance.below(setup.hosts);
      case LOCK_FORGOTTEN -> setup.hostsDiffer() ? 1 : chance.below(2);
      case SESSIONS_DELETED -> chance.below(3);
      case PLANNED_STOP -> chance.scaled(Times.SECOND, 30 * Times.SECOND);
      default -> 0;
    };
  }
}
