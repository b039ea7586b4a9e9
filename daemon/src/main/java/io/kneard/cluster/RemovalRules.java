package io.kneard.cluster;

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
   */
  public static Optional<String> objection(
      String name, List<MemberRow> rows, List<RolePlan.Node> nodes) {
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
    return Optional.empty();
  }

  /** Who is to lead in place of that node: a voter that is online, or who can become one. */
  static Optional<RolePlan.Node> successor(List<RolePlan.Node> nodes, long leaving) {
    return nodes.stream()
        .filter(n -> n.id() != leaving && n.online())
        .min(Comparator.comparing(RolePlan.Node::role));
  }
}
