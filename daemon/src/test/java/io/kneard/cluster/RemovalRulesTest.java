package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.dqlite.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalRulesTest {
  private static final MemberRow A = Rows.row(1, "a");
  private static final MemberRow B = Rows.row(2, "b");
  private static final MemberRow PENDING = Rows.row(3, "c", MemberRow.PENDING, Rows.VERSIONS);
  private static final RolePlan.Node LEADER = Rows.node(1, Role.VOTER, true, true);

  @Test
  void theLastMemberStays() {
    assertThat(RemovalRules.objection("a", List.of(A), List.of(LEADER)))
        .contains("Cannot leave a cluster with 1 members");
  }

  @Test
  void somebodyWhoIsNotPendingRemains() {
    assertThat(RemovalRules.objection("a", List.of(A, PENDING), List.of(LEADER)))
        .contains("Cannot remove cluster members, there are no remaining non-pending members");
    assertThat(RemovalRules.objection("c", List.of(A, PENDING), List.of(LEADER))).isEmpty();
  }

  @Test
  void theLeaderLeavesOnlyIfSomebodyCanLead() {
    RolePlan.Node offline = Rows.node(2, Role.VOTER, false, false);
    assertThat(RemovalRules.objection("a", List.of(A, B), List.of(LEADER, offline)))
        .hasValueSatisfying(why -> assertThat(why).contains("no other member is online"));
    RolePlan.Node online = Rows.node(2, Role.STAND_BY, true, false);
    assertThat(RemovalRules.objection("a", List.of(A, B), List.of(LEADER, online))).isEmpty();
    assertThat(RemovalRules.objection("b", List.of(A, B), List.of(LEADER, offline))).isEmpty();
  }
}
