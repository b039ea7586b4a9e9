package io.kneard.cluster;

import io.kneard.dqlite.Role;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who should have which role in the database's cluster: from three nodes on, an odd number of
 * voters, then stand-bys, then spares; with fewer, one voter, and a stand-by that has the data too.
 * One change is made at a time, and each is better than what was before, so that a plan may be left
 * off at any point.
 *
 * @param voters how many are wanted, odd
 * @param standBys how many are wanted
 */
public record RolePlan(int voters, int standBys) {
  private static final int SMALL = 3;

  /** Checks the numbers. */
  public RolePlan {
    if (voters < 1 || voters % 2 == 0 || standBys < 0) {
      throw new IllegalArgumentException(
          "voters = %d, stand-bys = %d: an odd number, and not less than 0"
              .formatted(voters, standBys));
    }
  }

  /**
   * A node as the leader sees it.
   *
   * @param online whether it has answered lately
   * @param domain what it shares its fate with; empty if that is not known
   */
  public record Node(long id, Role role, boolean online, String domain, boolean leads) {}

  /** A role to be given. */
  public record Change(long id, Role role) {}

  /**
   * The next change; empty if there is nothing to improve.
   *
   * @param nodes in the order of joining
   */
  public Optional<Change> next(List<Node> nodes) {
    int wantedVoters = nodes.size() < SMALL ? 1 : largestOdd(Math.min(voters, nodes.size()));
    int wantedStandBys =
        Math.min(
            nodes.size() < SMALL ? Math.max(1, standBys) : standBys, nodes.size() - wantedVoters);
    long votersOnline = nodes.stream().filter(n -> n.role() == Role.VOTER && n.online()).count();
    if (votersOnline < wantedVoters) {
      Optional<Change> promoted = promote(nodes, Role.VOTER);
      if (promoted.isPresent()) {
        return promoted;
      }
    }
    if (count(nodes, Role.VOTER) > wantedVoters && votersOnline >= wantedVoters) {
      Optional<Node> surplus = surplus(nodes, Role.VOTER);
      if (surplus.isPresent()) {
        boolean keepsData = surplus.get().online() && count(nodes, Role.STAND_BY) < wantedStandBys;
        return Optional.of(new Change(surplus.get().id(), keepsData ? Role.STAND_BY : Role.SPARE));
      }
    }
    long standing = nodes.stream().filter(n -> n.role() == Role.STAND_BY && n.online()).count();
    if (standing < wantedStandBys) {
      Optional<Change> promoted = promote(nodes, Role.STAND_BY);
      if (promoted.isPresent()) {
        return promoted;
      }
    }
    return count(nodes, Role.STAND_BY) > wantedStandBys
        ? surplus(nodes, Role.STAND_BY).map(n -> new Change(n.id(), Role.SPARE))
        : Optional.empty();
  }

  /**
   * Who takes a leaving node's vote over.
   *
   * @return the stand-by to become a voter; empty if there is none, and the vote stays
   */
  public Optional<Change> handover(List<Node> nodes, long leaving) {
    boolean votes = nodes.stream().anyMatch(n -> n.id() == leaving && n.role() == Role.VOTER);
    List<Node> others = nodes.stream().filter(n -> n.id() != leaving).toList();
    return votes
        ? promote(others, Role.VOTER).filter(change -> is(others, change.id(), Role.STAND_BY))
        : Optional.empty();
  }

  private static boolean is(List<Node> nodes, long id, Role role) {
    return nodes.stream().anyMatch(n -> n.id() == id && n.role() == role);
  }

  /** The best of those who have less: with the data first, in other domains first. */
  private static Optional<Change> promote(List<Node> nodes, Role role) {
    Set<String> taken = new HashSet<>();
    nodes.stream()
        .filter(n -> n.role() == role && n.online() && !n.domain().isEmpty())
        .forEach(n -> taken.add(n.domain()));
    return nodes.stream()
        .filter(n -> n.online() && n.role().compareTo(role) > 0)
        .min(Comparator.comparing(Node::role).thenComparing(n -> taken.contains(n.domain())))
        .map(n -> new Change(n.id(), role));
  }

  /**
   * The one that is missed least: offline first, then one in a shared domain, then the youngest.
   */
  private static Optional<Node> surplus(List<Node> nodes, Role role) {
    List<Node> having = nodes.stream().filter(n -> n.role() == role && !n.leads()).toList();
    return having.stream()
        .min(
            Comparator.comparing(Node::online)
                .thenComparing(n -> !shared(having, n))
                .thenComparing(having::indexOf, Comparator.reverseOrder()));
  }

  private static boolean shared(List<Node> nodes, Node node) {
    return !node.domain().isEmpty()
        && nodes.stream().anyMatch(n -> n.id() != node.id() && n.domain().equals(node.domain()));
  }

  private static long count(List<Node> nodes, Role role) {
    return nodes.stream().filter(n -> n.role() == role).count();
  }

  private static int largestOdd(int number) {
    return number % 2 == 0 ? number - 1 : number;
  }
}
