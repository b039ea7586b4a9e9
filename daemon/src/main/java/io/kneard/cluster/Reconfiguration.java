package io.kneard.cluster;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeCalls;
import io.kneard.dqlite.OutcomeUnknown;
import io.kneard.dqlite.RequestFailed;
import io.kneard.dqlite.Role;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes of the database's cluster. The library makes one at a time, and goes on with one whose
 * asker has given up waiting, such as for a new voter that gets the data slowly; so one that is
 * under way is waited for and looked at, not asked for again.
 */
final class Reconfiguration {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private Reconfiguration() {}

  /**
   * Makes a change.
   *
   * @return false if it, or one before it, is under way
   */
  static boolean made(ClusterDatabase database, DqliteClient.ClusterWork<Boolean> change)
      throws DatabaseUnavailable {
    try {
      database.leader(change);
      return true;
    } catch (DatabaseUnavailable e) {
      if (isUnderWay(e.getCause())) {
        return false;
      }
      throw e;
    }
  }

  /** A step that may be done more than once without harm. */
  interface Step {
    /** Does it. */
    void run() throws DatabaseUnavailable;
  }

  /** As {@link #insist}, for one change of the database's cluster. */
  static void make(
      ClusterDatabase database, DqliteClient.ClusterWork<Boolean> change, Duration within)
      throws DatabaseUnavailable {
    insist(() -> database.leader(change), within);
  }

  /**
   * Does a step until it is certainly done: again after an unknown outcome, while another change is
   * under way, and while the lead moves.
   *
   * @throws DatabaseUnavailable if it is refused, or the time runs out
   */
  static void insist(Step step, Duration within) throws DatabaseUnavailable {
    long giveUp = System.nanoTime() + within.toNanos();
    while (true) {
      try {
        step.run();
        return;
      } catch (DatabaseUnavailable e) {
        if (isRefused(e.getCause()) || System.nanoTime() - giveUp >= 0) {
          throw e;
        }
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** Gives a role to a node that has another. */
  static DqliteClient.ClusterWork<Boolean> role(long id, Role role) {
    return leader -> {
      if (leader.members().stream().anyMatch(node -> node.id() == id && node.role() != role)) {
        leader.assign(id, role);
      }
      return true;
    };
  }

  /** Takes a node out if it is in. */
  static DqliteClient.ClusterWork<Boolean> removal(long id) {
    return leader -> {
      if (isIn(leader, id)) {
        leader.remove(id);
      }
      return true;
    };
  }

  /** Puts a node in if it is not, as a spare. */
  static DqliteClient.ClusterWork<Boolean> addition(long id, String address) {
    return leader -> {
      if (!isIn(leader, id)) {
        leader.add(id, address);
      }
      return true;
    };
  }

  private static boolean isIn(NodeCalls leader, long id) throws DqliteException {
    return leader.members().stream().anyMatch(node -> node.id() == id);
  }

  private static boolean isUnderWay(Throwable cause) {
    return cause instanceof OutcomeUnknown
        || (cause instanceof RequestFailed failed && failed.busy());
  }

  private static boolean isRefused(Throwable cause) {
    return cause instanceof RequestFailed failed && !failed.busy();
  }
}
