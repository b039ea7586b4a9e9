package io.kneard.cluster;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.database.DatabaseState;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.Backups;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host's membership, in operation: what it does by itself, in one thread. */
final class RunningMember implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningMember.class);

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration BACKUP_EVERY = Duration.ofDays(1);
  private static final Duration BACKUP_AGAIN = Duration.ofMinutes(10);
  private static final Duration WARN_EVERY = Duration.ofDays(1);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);
  private static final Duration NUDGED_WITHIN = Duration.ofSeconds(1);
  private static final int UPDATE_SPREAD_BEATS = 3;
  private static final Duration LONGEST_UPDATE_SPREAD = Duration.ofSeconds(30);
  private static final Duration THREAD_ENDS = Duration.ofSeconds(10);
  private static final int BACKUPS = 7;

  final Membership member;
  final Heartbeats heartbeats;
  final Admission admission;
  final Removal removal;
  final SelfUpdate update;
  private final DatabaseStart start;
  private final Backups backups;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "cluster");
  private volatile boolean versionsChanged;
  private volatile boolean roundWanted;
  private volatile boolean stopping;
  private long backupAt = System.nanoTime();
  private long warnAt = System.nanoTime();

  private RunningMember(Membership member) {
    this.member = member;
    this.admission = new Admission(member);
    this.update =
        new SelfUpdate(
            member.settings.updateProgram(),
            member.settings.versions(),
            updateSpread(member.settings.heartbeat()));
    this.heartbeats = new Heartbeats(member, update);
    this.removal = new Removal(member);
    this.start = new DatabaseStart(member, this::announce);
    this.backups = new Backups(member.folder.backups(), Membership.DATABASE, BACKUPS);
    thread.setDaemon(true);
  }

  /** All hear of a new build within one heartbeat, and are not to be away together. */
  private static Duration updateSpread(Duration heartbeat) {
    Duration some = heartbeat.multipliedBy(UPDATE_SPREAD_BEATS);
    return some.compareTo(LONGEST_UPDATE_SPREAD) < 0 ? some : LONGEST_UPDATE_SPREAD;
  }

  /** Starts what the folder says. */
  static RunningMember start(
      ClusterSettings settings,
      StateFolder folder,
      StateFolder.Self self,
      Consumer<DatabaseState> listener)
      throws IOException {
    RunningMember made = new RunningMember(new Membership(settings, folder, self, listener));
    made.thread.start();
    return made;
  }

  /** Another member's versions have changed. */
  void lookAtVersions() {
    versionsChanged = true;
    wake.release();
  }

  /** A round of heartbeats is wanted; nothing happens unless this member leads. */
  void beginRound() {
    roundWanted = true;
    wake.release();
  }

  private void run() {
    while (!stopping) {
      try {
        step(System.nanoTime(), Instant.now());
      } catch (RuntimeException e) {
        LOG.error("a mistake in the cluster's own work", e);
      }
      try {
        if (wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void step(long now, Instant wall) {
    try {
      if (member.trust.look()) {
        member.trustChanged();
      }
    } catch (IOException e) {
      LOG.error("what is trusted has changed, and not for the database: {}", e.getMessage());
    }
    if (versionsChanged) {
      versionsChanged = false;
      start.lookSoon(now);
    }
    start.step(now);
    if (roundWanted) {
      roundWanted = false;
      heartbeats.beginSoon(now);
    }
    heartbeats.step(now, wall);
    backup(now, wall);
    warn(now, wall);
  }

  private void backup(long now, Instant wall) {
    if (now - backupAt < 0 || !(member.database.state() instanceof DatabaseState.Online)) {
      return;
    }
    try {
      Optional<Instant> newest = backups.newest();
      if (newest.isEmpty()
          || Duration.between(newest.get(), wall).abs().compareTo(BACKUP_EVERY) >= 0) {
        LOG.info("backup: {}", backup(wall));
      }
      backupAt = now + BACKUP_AGAIN.toNanos();
    } catch (IOException | ClusterProblem e) {
      backupAt = now + BACKUP_AGAIN.toNanos();
      LOG.warn("no backup could be made: {}", e.getMessage());
    }
  }

  /** Makes a backup now; returns its folder. */
  synchronized Path backup(Instant wall) throws ClusterProblem {
    try {
      return member.database.leader(
          leader -> {
            try {
              return backups.take(leader, wall);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    } catch (java.io.UncheckedIOException e) {
      throw new ClusterProblem(500, "backup: " + e.getCause().getMessage());
    }
  }

  private void warn(long now, Instant wall) {
    if (now - warnAt < 0) {
      return;
    }
    warnAt = now + WARN_EVERY.toNanos();
    Certificates.warning(certificateEnds(), wall).ifPresent(LOG::warn);
  }

  /** When this member's certificate, or the cluster's, ends. */
  Instant certificateEnds() {
    Instant own = member.server().certificate().getNotAfter().toInstant();
    Instant shared = member.cluster().certificate().getNotAfter().toInstant();
    return own.isBefore(shared) ? own : shared;
  }

  /** The others are told that this member's versions are in the database. */
  private void announce() {
    try {
      member.client().askAll(questions("PATCH", InternalRoutes.DATABASE, null), TOLD_WITHIN);
    } catch (ClusterProblem e) {
      LOG.debug("the others look by themselves: {}", e.getMessage());
    }
  }

  /** Says so to all who are trusted, in a thread of its own that soon ends. */
  void nudgeOthers(Subject about) {
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    for (TrustedMember other : member.trust.members()) {
      if (!other.name().equals(member.self.name())) {
        questions.put(
            other.name(),
            new ClusterClient.Question(
                other.address(), "POST", InternalRoutes.NUDGE, new InternalRoutes.Nudge(about)));
      }
    }
    Thread telling =
        new Thread(() -> member.client().askAll(questions, NUDGED_WITHIN), "cluster-nudge");
    telling.setDaemon(true);
    telling.start();
  }

  private Map<String, ClusterClient.Question> questions(String method, String path, Object body)
      throws ClusterProblem {
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    for (MemberRow row : member.rows()) {
      if (!row.name().equals(member.self.name())) {
        questions.put(row.name(), new ClusterClient.Question(row.address(), method, path, body));
      }
    }
    return questions;
  }

  /** Asks whoever leads for a round, this member or another. */
  void askForRound() {
    beginRound();
    try {
      Map<String, ClusterClient.Question> questions =
          questions("POST", InternalRoutes.HEARTBEAT + "/begin", null);
      member.client().askAll(questions, TOLD_WITHIN);
    } catch (ClusterProblem e) {
      LOG.debug("the leader begins by itself: {}", e.getMessage());
    }
  }

  /** Gives away the lead and the vote, if there is somebody for them. */
  private void handOver() {
    if (!(member.database.state() instanceof DatabaseState.Online)) {
      return;
    }
    try {
      List<MemberRow> rows = member.rows();
      RoleKeeper roles = new RoleKeeper(member);
      List<RolePlan.Node> nodes =
          roles.nodes(rows, roles.members(), roles.answering(rows, CoreRoutes.READY, TOLD_WITHIN));
      Optional<RolePlan.Change> heir =
          member.settings.roles().handover(nodes, member.self.nodeId());
      if (heir.isPresent()) {
        member.sql.leader(
            leader -> {
              leader.assign(heir.get().id(), heir.get().role());
              return true;
            });
      }
      Optional<Long> next =
          heir.map(RolePlan.Change::id)
              .or(
                  () ->
                      nodes.stream()
                          .filter(n -> n.id() != member.self.nodeId() && n.online())
                          .filter(n -> n.role() == Role.VOTER)
                          .map(RolePlan.Node::id)
                          .findFirst());
      if (next.isPresent() && member.leads()) {
        member.sql.leader(
            leader -> {
              leader.transfer(next.get());
              return true;
            });
      }
      if (heir.isPresent()) {
        member.sql.leader(
            leader -> {
              leader.assign(member.self.nodeId(), Role.STAND_BY);
              return true;
            });
      }
    } catch (ClusterProblem | DatabaseUnavailable | DqliteException | IllegalArgumentException e) {
      LOG.warn("the roles were not handed over: {}", e.getMessage());
    }
  }

  /** Ends it in order: roles are handed over first. */
  @Override
  public void close() {
    endThread();
    handOver();
    member.close();
  }

  /** Ends it without a word to others, as one that is no member any more. */
  void drop() {
    endThread();
    member.close();
  }

  private void endThread() {
    stopping = true;
    update.close();
    wake.release();
    try {
      thread.join(THREAD_ENDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
