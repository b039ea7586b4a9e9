package io.kneard.cluster;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.Member;
import io.kneard.dqlite.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the database's cluster have the members and the roles that it should; the leader does. */
final class RoleKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(RoleKeeper.class);

  /** In one round; what is left is for the next. */
  private static final int MOST_CHANGES = 16;

  private final Membership member;

  RoleKeeper(Membership member) {
    this.member = member;
  }

  /** The database's own members. */
  List<Member> members() throws DatabaseUnavailable {
    return member.database.leader(leader -> leader.members());
  }

  /**
   * Adds what is missing, takes out what was removed, and gives roles.
   *
   * @param online who has answered lately, by name
   * @return false if a change is under way, and what is left has to wait for it
   */
  boolean adjust(Map<String, Boolean> online) throws DatabaseUnavailable, ClusterProblem {
    List<Member> nodes = members();
    List<MemberRow> rows = member.rows(); // after the nodes: a row is there before its node
    if (!completeRemovals(nodes, rows, online) || !completeJoins(nodes, rows)) {
      return false;
    }
    for (int i = 0; i < MOST_CHANGES; i++) {
      Optional<RolePlan.Change> change =
          member.settings.roles().next(nodes(rows, members(), online));
      if (change.isEmpty()) {
        return true;
      }
      LOG.info("role of {}: {}", name(rows, change.get().id()), change.get().role());
      if (!Reconfiguration.made(
          member.database, Reconfiguration.role(change.get().id(), change.get().role()))) {
        return false;
      }
    }
    return false;
  }

  /** Who answers now, asked for that. */
  Map<String, Boolean> answering(List<MemberRow> rows, String path, Duration within) {
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    Map<String, Boolean> online = new TreeMap<>();
    for (MemberRow row : rows) {
      boolean self = row.name().equals(member.self.name());
      online.put(row.name(), self);
      if (!self) {
        questions.put(row.name(), new ClusterClient.Question(row.address(), "GET", path, null));
      }
    }
    member.client().askAll(questions, within).forEach(name -> online.put(name, true));
    return online;
  }

  /** A voter stays as long as too few of the others answer to go on without it. */
  private boolean completeRemovals(
      List<Member> nodes, List<MemberRow> rows, Map<String, Boolean> online)
      throws DatabaseUnavailable {
    for (Member node : nodes) {
      boolean own = node.id() == member.self.nodeId();
      if (!own && rows.stream().noneMatch(row -> row.nodeId() == node.id())) {
        if (node.role() == Role.VOTER && !canDecideWithout(node, nodes, rows, online)) {
          LOG.warn("{} stays in the database's cluster until more voters answer", node.address());
          continue;
        }
        LOG.info("{} is taken out of the database's cluster: no member has it", node.address());
        if (!Reconfiguration.made(member.database, Reconfiguration.removal(node.id()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean canDecideWithout(
      Member leaving, List<Member> nodes, List<MemberRow> rows, Map<String, Boolean> online) {
    List<Member> voters =
        nodes.stream()
            .filter(node -> node.role() == Role.VOTER && node.id() != leaving.id())
            .toList();
    long answering =
        voters.stream()
            .filter(
                voter ->
                    rows.stream()
                        .filter(row -> row.nodeId() == voter.id())
                        .anyMatch(row -> online.getOrDefault(row.name(), false)))
            .count();
    return RemovalRules.isMajority(answering, voters.size());
  }

  private boolean completeJoins(List<Member> nodes, List<MemberRow> rows)
      throws DatabaseUnavailable {
    for (MemberRow row : rows) {
      if (nodes.stream().noneMatch(node -> node.id() == row.nodeId())) {
        if (!Reconfiguration.made(
            member.database, Reconfiguration.addition(row.nodeId(), row.nodeAddress()))) {
          return false;
        }
      }
    }
    return true;
  }

  /** In the order of joining, those that are in both. */
  List<RolePlan.Node> nodes(
      List<MemberRow> rows, List<Member> members, Map<String, Boolean> online) {
    Map<Long, Role> roles = new HashMap<>();
    members.forEach(node -> roles.put(node.id(), node.role()));
    List<RolePlan.Node> nodes = new ArrayList<>();
    for (MemberRow row : rows) {
      if (roles.containsKey(row.nodeId())) {
        nodes.add(
            new RolePlan.Node(
                row.nodeId(),
                roles.get(row.nodeId()),
                online.getOrDefault(row.name(), false),
                row.domain(),
                row.nodeId() == member.self.nodeId()));
      }
    }
    return nodes;
  }

  private static String name(List<MemberRow> rows, long id) {
    return rows.stream()
        .filter(row -> row.nodeId() == id)
        .map(MemberRow::name)
        .findFirst()
        .orElse(Long.toString(id));
  }
}
