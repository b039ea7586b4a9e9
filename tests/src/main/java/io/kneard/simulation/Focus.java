package io.kneard.simulation;

import java.util.List;

/**
 * Where a search looks first: four storms of five break out at one of these points, and four faults
 * of five in them are of these kinds.
 *
 * @param config the settings with which it looks
 * @param points empty for any
 * @param kinds empty for any
 */
record Focus(Config config, List<Point> points, List<FaultKind> kinds) {
  static final Focus NONE = in(Config.MIXED);

  /** Where it shows that a measure is missing. */
  static Focus of(Mutant mutant) {
    return switch (mutant) {
      case COUNT_FROM_ANSWER ->
          in(Config.TIGHT)
              .at(Point.RENEWAL_ANSWERED)
              .with(FaultKind.DAEMON_FROZEN, FaultKind.CUT_UP, FaultKind.CUT_BOTH);
      case SESSION_USED_AGAIN ->
          in(Config.FAST)
              .at(Point.VALIDATING, Point.KEY_IN, Point.RELEASING)
              .with(
                  FaultKind.LATE,
                  FaultKind.NEARD_KILLED,
                  FaultKind.SWITCHOVER,
                  FaultKind.PAUSE_REQUESTED,
                  FaultKind.NEARD_BEHIND);
      case OLD_SESSION_FREED_EARLY, NO_HOME_LOCK, NO_PARENT_DEATH_SIGNAL ->
          in(Config.MIXED)
              .at(Point.KEY_IN, Point.RENEWAL_ANSWERED)
              .with(
                  FaultKind.DAEMON_KILLED,
                  FaultKind.FENCE_FROZEN,
                  FaultKind.FENCE_KILLED,
                  FaultKind.SLUGGISH);
      case DURATION_DEADLINE ->
          in(Config.TIGHT)
              .at(Point.RENEWAL_ANSWERED, Point.DEADLINE_ORDERED)
              .with(FaultKind.DAEMON_FROZEN, FaultKind.FENCE_FROZEN, FaultKind.CUT_UP);
      case WAITING_BY_WALL_CLOCK ->
          in(Config.REFERENCE)
              .at(Point.SIGN_GIVEN, Point.LOCK_FREED)
              .with(FaultKind.AGENT_LEAVES, FaultKind.WALL_SET);
      case DAEMON_IGNORES_WALL_CLOCK ->
          in(Config.MIXED)
              .at(Point.ACQUIRED, Point.VALIDATING, Point.KEY_INSERTING)
              .with(FaultKind.HOST_STOPPED, FaultKind.CUT_BOTH, FaultKind.DISK_STALLS);
      case COUNT_FROM_COMMIT ->
          in(Config.EMBEDDED_TIGHT)
              .at(Point.RENEWAL_ANSWERED)
              .with(FaultKind.DAEMON_FROZEN, FaultKind.CUT_UP, FaultKind.CUT_BOTH);
      case MISSING_ROW_NOT_WATCHED ->
          in(Config.EMBEDDED)
              .at(Point.RENEWAL_ANSWERED, Point.LOCK_MOVED)
              .with(FaultKind.LOCK_FORGOTTEN, FaultKind.CUT_BOTH);
      case SET_BACK_BESIDE_A_SIGNER ->
          in(Config.EMBEDDED_REFERENCE)
              .at(Point.KEY_IN, Point.VALIDATING)
              .with(FaultKind.DATABASE_SET_BACK, FaultKind.CUT_BOTH, FaultKind.SWITCHOVER);
      case LOSS_UNNOTICED -> in(Config.EMBEDDED).with(FaultKind.LOCK_FORGOTTEN, FaultKind.SLUGGISH);
      case STALE_BY_WALL_CLOCK ->
          in(Config.EMBEDDED)
              .at(Point.RENEWAL_ANSWERED, Point.LOOK_ANSWERED)
              .with(FaultKind.WALL_SET, FaultKind.CUT_BOTH);
      case ENDED_UNCOMPARED ->
          in(Config.EMBEDDED)
              .at(Point.LOOK_ANSWERED)
              .with(FaultKind.DAEMON_FROZEN, FaultKind.SLOW_NETWORK);
      case TAKEN_UNCOMPARED ->
          in(Config.EMBEDDED)
              .at(Point.RELEASING, Point.LOCK_FREED)
              .with(FaultKind.SWITCHOVER, FaultKind.SLOW_NETWORK, FaultKind.LOSSY);
      case UNKNOWN_RENEWAL_COUNTS, UNKNOWN_ACQUISITION_COUNTS, STALE_TOO_SOON ->
          in(Config.EMBEDDED);
      default -> NONE;
    };
  }

  /** Looks everywhere with these settings. */
  static Focus in(Config config) {
    return new Focus(config, List.of(), List.of());
  }

  Focus at(Point... where) {
    return new Focus(config, List.of(where), kinds);
  }

  Focus with(FaultKind... what) {
    return new Focus(config, points, List.of(what));
  }

  boolean narrow() {
    return !kinds.isEmpty();
  }

  /** The same for settings that somebody asked for. */
  Focus asked(Config other) {
    return other == Config.MIXED ? this : new Focus(other, points, kinds);
  }
}
