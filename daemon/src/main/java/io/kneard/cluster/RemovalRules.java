package io.kneard.cluster;

import io.kneard.dqlite.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a member may be removed. */
public final class RemovalRules {
  private RemovalRules() {}

  /**
   * Why not; empty if it may.
   *
   * @param name a member's
   * @param rows all members
   * @param nodes all nodes of the database, in the order of joining
   * @param heir the node that gets the vote of the one that goes; empty if none does
   */
  public static Optional<String> objection(
      String name, List<MemberRow> rows, List<RolePlan.Node> nodes, Optional<Long> heir) {
    if (rows.size() <= 1) {
      return Optional.of("Cannot leave a cluster with %d members".formatted(rows.size()));
    }
    if (rows.stream().noneMatch(row -> !row.pending() && !row.name().equals(name))) {
      return Optional.of(
          "Cannot remove cluster members, there are no remaining non-pending members");
    }
    long id = rows.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow().nodeId();
    boolean leads = nodes.stream().anyMatch(n -> n.id() == id && n.leads());
    if (leads && successor(nodes, id).isEmpty()) {
      return Optional.of(
          "Cannot remove %s, which leads the database: no other member is online to lead it"
              .formatted(name));
    }
    List<RolePlan.Node> left =
        nodes.stream()
            .filter(n -> n.id() != id)
            .filter(n -> n.role() == Role.VOTER || heir.filter(h -> h == n.id()).isPresent())
            .toList();
    long online = left.stream().filter(RolePlan.Node::online).count();
    boolean votes = nodes.stream().anyMatch(n -> n.id() == id && n.role() == Role.VOTER);
    return votes && !isMajority(online, left.size())
        ? Optional.of(
            "Cannot remove %s: of the %d voters that would be left %d answer, and more than half have to"
                .formatted(name, left.size(), online))
        : Optional.empty();
  }

  /** Whether so many of all voters can decide; without it the database would stand still. */
  static boolean isMajority(long online, long voters) {
    return 2 * online > voters;
  }

  /** Who is to lead in place of that node: a voter that is online, or who can become one. */
  static Optional<RolePlan.Node> successor(List<RolePlan.Node> nodes, long leaving) {
    return nodes.stream()
        .filter(n -> n.id() != leaving && n.online())
        .min(Comparator.comparing(RolePlan.Node::role));
  }
}
