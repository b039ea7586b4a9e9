package io.kneard.cluster;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes members out: the leader does; every other member passes the wish on to it. */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  static final String HOOK = "pre-remove";

  /** All of it, at the leader. */
  private static final Duration WHOLE = Duration.ofSeconds(40);

  private static final Duration ASKED = Duration.ofSeconds(4);
  private static final Duration LEADS_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);
  private static final Duration CHANGED_WITHIN = Duration.ofSeconds(10);

  private final Membership member;
  private final RoleKeeper roles;

  Removal(Membership member) {
    this.member = member;
    this.roles = new RoleKeeper(member);
  }

  /**
   * Removes a member.
   *
   * @param force also one that does not answer
   */
  void remove(String name, boolean force) throws ClusterProblem {
    Admission.valid(name);
    List<MemberRow> rows = member.rows();
    Optional<MemberRow> found = rows.stream().filter(row -> row.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw new ClusterProblem(404, "%s is not a member".formatted(name));
    }
    if (!member.leads()) {
      forward(leader(rows), name, force);
      return;
    }
    try {
      List<RolePlan.Node> nodes =
          roles.nodes(rows, roles.members(), roles.answering(rows, CoreRoutes.SERVER, TOLD_WITHIN));
      Optional<String> objection =
          RemovalRules.objection(name, rows, nodes, heir(nodes, found.get().nodeId()));
      if (objection.isPresent()) {
        throw new ClusterProblem(409, objection.get());
      }
      if (name.equals(member.self.name())) {
        MemberRow heir = giveUpLeadership(rows, nodes);
        awaitLead(heir);
        forward(heir, name, force);
      } else {
        take(found.get(), rows, nodes, force);
      }
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    }
  }

  /** Who has its vote before it goes. */
  private Optional<Long> heir(List<RolePlan.Node> nodes, long leaving) {
    if (leaving == member.self.nodeId()) {
      return RemovalRules.successor(nodes, leaving).map(RolePlan.Node::id);
    }
    return member.settings.roles().handover(nodes, leaving).map(RolePlan.Change::id);
  }

  private MemberRow leader(List<MemberRow> rows) throws ClusterProblem {
    try {
      Optional<String> leader = member.database.leader(at -> at.leader());
      return rows.stream()
          .filter(row -> leader.filter(row.nodeAddress()::equals).isPresent())
          .filter(row -> !row.name().equals(member.self.name()))
          .findFirst()
          .orElseThrow(() -> ClusterProblem.unavailable("the leader is changing; try again"));
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    }
  }

  private void forward(MemberRow to, String name, boolean force) throws ClusterProblem {
    member
        .client()
        .ask(
            new ClusterClient.Question(
                to.address(),
                "DELETE",
                "/core/1.0/cluster/" + name + (force ? "?force=1" : ""),
                null),
            WHOLE);
  }

  /** Lets another one lead, who can then remove this one. */
  private MemberRow giveUpLeadership(List<MemberRow> rows, List<RolePlan.Node> nodes)
      throws DatabaseUnavailable {
    RolePlan.Node next =
        RemovalRules.successor(nodes, member.self.nodeId())
            .orElseThrow(() -> new IllegalStateException("nobody to lead"));
    if (next.role() != Role.VOTER) {
      leader(Reconfiguration.role(next.id(), Role.VOTER));
    }
    try {
      member.database.leader(
          leader -> {
            leader.transfer(next.id());
            return true;
          });
    } catch (DatabaseUnavailable e) {
      LOG.info("the lead is being handed over: {}", e.getMessage()); // whoever gave it has lost it
    }
    return rows.stream().filter(row -> row.nodeId() == next.id()).findFirst().orElseThrow();
  }

  /** Until the other one leads, and knows it; whoever asks too early is turned away. */
  private void awaitLead(MemberRow heir) throws ClusterProblem {
    long giveUp = System.nanoTime() + LEADS_WITHIN.toNanos();
    while (!leads(heir) || !isReady(heir)) {
      if (System.nanoTime() - giveUp >= 0) {
        throw ClusterProblem.unavailable("the leader is changing; try again");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private boolean leads(MemberRow heir) {
    try {
      return member.database.leader(at -> at.leader()).equals(Optional.of(heir.nodeAddress()));
    } catch (DatabaseUnavailable e) {
      return false;
    }
  }

  private boolean isReady(MemberRow heir) {
    try {
      member
          .client()
          .ask(new ClusterClient.Question(heir.address(), "GET", CoreRoutes.READY, null), ASKED);
      return true;
    } catch (ClusterProblem e) {
      return false;
    }
  }

  private void take(
      MemberRow leaving, List<MemberRow> rows, List<RolePlan.Node> nodes, boolean force)
      throws ClusterProblem, DatabaseUnavailable {
    LOG.info("{} is removed{}", leaving.name(), force ? ", by force" : "");
    ask(leaving, "POST", InternalRoutes.HOOKS + "/" + HOOK, force);
    Optional<RolePlan.Change> heir = member.settings.roles().handover(nodes, leaving.nodeId());
    if (heir.isPresent()) {
      leader(Reconfiguration.role(heir.get().id(), heir.get().role()));
    }
    Reconfiguration.insist(() -> unlist(leaving.name()), CHANGED_WITHIN);
    leader(Reconfiguration.removal(leaving.nodeId()));
    distrust(leaving, rows);
    ask(leaving, "PUT", InternalRoutes.CLUSTER + "/" + leaving.name(), true);
  }

  private void unlist(String name) throws DatabaseUnavailable {
    member.database.transaction(
        session -> {
          ClusterTables.remove(session, name);
          return true;
        });
  }

  /** Asks the leaving member; without force it has to answer. */
  private void ask(MemberRow leaving, String method, String path, boolean force)
      throws ClusterProblem {
    try {
      member.client().ask(new ClusterClient.Question(leaving.address(), method, path, null), ASKED);
    } catch (ClusterProblem e) {
      if (!force) {
        throw new ClusterProblem(
            e.status(),
            "%s does not agree: %s; with --force it is removed all the same"
                .formatted(leaving.name(), e.getMessage()));
      }
      LOG.warn("{}: {}", leaving.name(), e.getMessage());
    }
  }

  private void distrust(MemberRow leaving, List<MemberRow> rows) {
    try {
      member.trust.remove(leaving.name());
      member.trustChanged();
    } catch (IOException e) {
      LOG.error(
          "{} is not trusted, but may be after a restart: {}", leaving.name(), e.getMessage());
    }
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    rows.stream()
        .filter(row -> !row.name().equals(leaving.name()) && !row.name().equals(member.self.name()))
        .forEach(
            row ->
                questions.put(
                    row.name(),
                    new ClusterClient.Question(
                        row.address(),
                        "DELETE",
                        InternalRoutes.TRUST_STORE,
                        new InternalRoutes.Named(leaving.name()))));
    member.client().askAll(questions, TOLD_WITHIN);
  }

  private void leader(DqliteClient.ClusterWork<Boolean> change) throws DatabaseUnavailable {
    Reconfiguration.make(member.database, change, CHANGED_WITHIN);
  }
}
