package io.kneard.cluster;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.database.UpgradeRule;
import io.kneard.database.Versions;
import io.kneard.dqlite.DatabaseIdentity;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database online, one step at each look: its node runs; it is the one it was; everybody
 * has the program for its schema. Of one thread.
 */
final class DatabaseStart {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);

  /** How often it is looked again whether the others have the update. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** How often it is looked whether somebody leads. */
  private static final Duration LOOK_FOR_LEADER = Duration.ofSeconds(5);

  /** So many looks in a row, half a second apart, are no election any more. */
  private static final int LEADERLESS = 6;

  /** What is still to be done. */
  private enum Phase {
    IDENTITY,
    VERSIONS,
    WAITING,
    DONE,
    REFUSED
  }

  private final Membership member;
  private final DatabaseIdentity identity;
  private final Runnable announce;
  private Phase phase = Phase.IDENTITY;
  private long pid;
  private long lookAgain;
  private int leaderless;

  /**
   * Nothing is done yet.
   *
   * @param announce tells the others that this member's versions are in the database
   */
  DatabaseStart(Membership member, Runnable announce) {
    this.member = member;
    this.identity = new DatabaseIdentity(member.sql, member.folder.identity());
    this.announce = announce;
  }

  /** Somebody's versions have changed: it is looked at once. */
  void lookSoon(long now) {
    lookAgain = now;
  }

  /** Does what can be done now; {@code now} in nanoseconds of a clock that only goes on. */
  void step(long now) {
    NodeState node = member.node.state();
    if (!(node instanceof NodeState.Running running)) {
      phase = phase == Phase.REFUSED ? phase : Phase.IDENTITY;
      pid = 0;
      notRunning(node);
      return;
    }
    if (running.pid() != pid) {
      pid = running.pid();
      phase = phase == Phase.REFUSED ? phase : Phase.IDENTITY;
      if (phase != Phase.REFUSED) {
        member.database.enter(new DatabaseState.Starting());
      }
    }
    switch (phase) {
      case IDENTITY -> look();
      case VERSIONS -> versions(now);
      case WAITING -> {
        if (now - lookAgain >= 0) {
          versions(now);
        }
      }
      case DONE -> {
        if (now - lookAgain >= 0) {
          lookForLeader(now);
        }
      }
      case REFUSED -> {}
    }
  }

  private void notRunning(NodeState node) {
    if (phase == Phase.REFUSED) {
      return;
    }
    if (node instanceof NodeState.Offline offline) {
      member.database.enter(new DatabaseState.Offline(offline.why()));
    } else if (node instanceof NodeState.Down down) {
      member.database.enter(new DatabaseState.Offline(down.why()));
    } else {
      member.database.enter(new DatabaseState.Starting());
    }
  }

  private void look() {
    try {
      DatabaseIdentity.Look look = identity.look();
      if (look instanceof DatabaseIdentity.Look.Other other) {
        refuse(other.why());
        return;
      }
      member.folder.hasStarted();
      phase = Phase.VERSIONS;
      lookAgain = System.nanoTime();
      versions(lookAgain);
    } catch (DqliteException e) {
      LOG.debug("the database cannot be used yet: {}", e.getMessage());
    } catch (IOException e) {
      refuse(e.getMessage());
    }
  }

  private void versions(long now) {
    Versions own = member.settings.versions();
    try {
      boolean founding = member.self.nodeId() == NodeSettings.BOOTSTRAP_ID;
      List<MemberRow> rows =
          member.sql.transaction(
              session -> {
                if (ClusterDatabase.isNew(session) && founding) {
                  found(session, own);
                }
                return ClusterTables.members(session);
              });
      if (rows.stream().noneMatch(row -> row.name().equals(member.self.name()))) {
        refuse(
            "%s is not a member any more: 'kneardctl cluster join' with a new token"
                .formatted(member.self.name()));
        return;
      }
      decide(own, others(rows), now);
    } catch (DqliteException e) {
      LOG.debug("the members cannot be read yet: {}", e.getMessage());
    }
  }

  private void found(Session session, Versions own) throws DqliteException {
    member.settings.schema().update(session);
    ClusterTables.add(
        session,
        member.trusted(),
        own,
        member.self.nodeId(),
        member.self.nodeAddress(),
        member.settings.domain());
  }

  /** Members that are still pending have no say. */
  private Map<String, Versions> others(List<MemberRow> rows) {
    Map<String, Versions> others = new TreeMap<>();
    rows.stream()
        .filter(row -> !row.pending() && !row.name().equals(member.self.name()))
        .forEach(row -> others.put(row.name(), row.versions()));
    return others;
  }

  private void decide(Versions own, Map<String, Versions> others, long now) throws DqliteException {
    UpgradeRule.Verdict verdict = UpgradeRule.decide(own, others);
    if (verdict instanceof UpgradeRule.Verdict.Refuse refuse) {
      refuse(refuse.why());
      return;
    }
    boolean first = phase == Phase.VERSIONS;
    boolean go = verdict instanceof UpgradeRule.Verdict.Go;
    member.sql.transaction(
        session -> {
          if (go) {
            member.settings.schema().update(session);
          }
          ClusterTables.update(
              session,
              member.self.name(),
              own,
              member.settings.domain(),
              Certificates.pem(member.server().certificate()));
          return true;
        });
    if (go) {
      phase = Phase.DONE;
      lookAgain = now + LOOK_FOR_LEADER.toNanos();
      member.database.enter(new DatabaseState.Online());
    } else {
      phase = Phase.WAITING;
      lookAgain = now + LOOK_AGAIN.toNanos();
      member.database.enter(
          new DatabaseState.Waiting(((UpgradeRule.Verdict.Wait) verdict).behind()));
    }
    if (first) {
      announce.run();
    }
  }

  /** Without a leader nothing can be read: better said before somebody tries. */
  private void lookForLeader(long now) {
    try {
      member.sql.leader(leader -> leader.leader());
      leaderless = 0;
      lookAgain = now + LOOK_FOR_LEADER.toNanos();
      member.database.enter(new DatabaseState.Online());
    } catch (DqliteException e) {
      leaderless++;
      lookAgain = now; // an election is soon over
      if (leaderless >= LEADERLESS) {
        member.database.enterLeaderless(e.getMessage());
      }
    }
  }

  private void refuse(String why) {
    phase = Phase.REFUSED;
    member.database.enter(new DatabaseState.Offline(why));
    LOG.error("the database stays offline: {}", why);
  }
}
