package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.dqlite.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemovalRulesTest {
  private static final MemberRow A = Rows.row(1, "a");
  private static final MemberRow B = Rows.row(2, "b");
  private static final MemberRow PENDING = Rows.row(3, "c", MemberRow.PENDING, Rows.VERSIONS);
  private static final RolePlan.Node LEADER = Rows.node(1, Role.VOTER, true, true);

  @Test
  void theLastMemberStays() {
    assertThat(objection("a", List.of(A), List.of(LEADER)))
        .contains("Cannot leave a cluster with 1 members");
  }

  @Test
  void somebodyWhoIsNotPendingRemains() {
    assertThat(objection("a", List.of(A, PENDING), List.of(LEADER)))
        .contains("Cannot remove cluster members, there are no remaining non-pending members");
    assertThat(objection("c", List.of(A, PENDING), List.of(LEADER))).isEmpty();
  }

  @Test
  void theLeaderLeavesOnlyIfSomebodyCanLead() {
    RolePlan.Node offline = Rows.node(2, Role.VOTER, false, false);
    assertThat(objection("a", List.of(A, B), List.of(LEADER, offline)))
        .hasValueSatisfying(why -> assertThat(why).contains("no other member is online"));
    RolePlan.Node online = Rows.node(2, Role.STAND_BY, true, false);
    List<RolePlan.Node> both = List.of(LEADER, online);
    assertThat(RemovalRules.objection("a", List.of(A, B), both, Optional.of(2L))).isEmpty();
    assertThat(objection("b", List.of(A, B), List.of(LEADER, offline))).isEmpty();
  }

  @Test
  void aVoterStaysIfTooFewOfTheOthersCouldGoOnWithoutIt() {
    List<MemberRow> rows = List.of(A, B, Rows.row(3, "c"));
    RolePlan.Node dead = Rows.node(2, Role.VOTER, false, false);
    RolePlan.Node alive = Rows.node(3, Role.VOTER, true, false);
    List<RolePlan.Node> nodes = List.of(LEADER, dead, alive);
    assertThat(objection("c", rows, nodes))
        .contains(
            "Cannot remove c: of the 2 voters that would be left 1 answer, and more than half have to");
    assertThat(objection("a", rows, nodes)).hasValueSatisfying(w -> assertThat(w).contains("2"));
    assertThat(objection("b", rows, nodes)).as("the dead one itself").isEmpty();
    List<RolePlan.Node> withHeir =
        List.of(LEADER, dead, alive, Rows.node(4, Role.STAND_BY, true, false));
    assertThat(RemovalRules.objection("c", rows, withHeir, Optional.of(4L))).isEmpty();
  }

  private static Optional<String> objection(
      String name, List<MemberRow> rows, List<RolePlan.Node> nodes) {
    return RemovalRules.objection(name, rows, nodes, Optional.empty());
  }
}
