package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.cluster.RolePlan.Change;
import io.kneard.cluster.RolePlan.Node;
import io.kneard.dqlite.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolePlanTest {
  private static final RolePlan PLAN = new RolePlan(3, 3);

  /** Roles by their first letters: v, s (stand-by), x (spare); upper case: offline. */
  private static List<Node> nodes(String roles) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < roles.length(); i++) {
      char c = roles.charAt(i);
      Role role =
          switch (Character.toLowerCase(c)) {
            case 'v' -> Role.VOTER;
            case 's' -> Role.STAND_BY;
            default -> Role.SPARE;
          };
      int id = nodes.size() + 1;
      nodes.add(new Node(id, role, Character.isLowerCase(c), "", id == 1));
    }
    return nodes;
  }

  private static String settled(List<Node> begin, RolePlan plan) {
    List<Node> nodes = new ArrayList<>(begin);
    for (int i = 0; i < 50; i++) {
      Optional<Change> change = plan.next(nodes);
      if (change.isEmpty()) {
        StringBuilder text = new StringBuilder();
        nodes.forEach(n -> text.append(letter(n)));
        return text.toString();
      }
      nodes.replaceAll(
          n ->
              n.id() == change.get().id()
                  ? new Node(n.id(), change.get().role(), n.online(), n.domain(), n.leads())
                  : n);
    }
    throw new AssertionError("it does not come to rest: " + nodes);
  }

  private static String letter(Node node) {
    String letter =
        switch (node.role()) {
          case VOTER -> "v";
          case STAND_BY -> "s";
          case SPARE -> "x";
        };
    return node.online() ? letter : letter.toUpperCase(Locale.ROOT);
  }

  @Test
  void rolesGoByTheOrderOfJoining() {
    assertThat(settled(nodes("v"), PLAN)).isEqualTo("v");
    assertThat(settled(nodes("vx"), PLAN)).isEqualTo("vs");
    assertThat(settled(nodes("vxx"), PLAN)).isEqualTo("vvv");
    assertThat(settled(nodes("vxxx"), PLAN)).isEqualTo("vvvs");
    assertThat(settled(nodes("vxxxxx"), PLAN)).isEqualTo("vvvsss");
    assertThat(settled(nodes("vxxxxxx"), PLAN)).isEqualTo("vvvsssx");
    assertThat(settled(nodes("vxxxxx"), new RolePlan(5, 1))).isEqualTo("vvvvvs");
    assertThat(settled(nodes("vxxx"), new RolePlan(5, 0))).isEqualTo("vvvx");
  }

  @Test
  void aVoterThatIsOfflineIsReplacedByAStandByAndOnlyThenDemoted() {
    assertThat(PLAN.next(nodes("vvVs"))).contains(new Change(4, Role.VOTER));
    assertThat(settled(nodes("vvVs"), PLAN)).isEqualTo("vvXv");
    assertThat(settled(nodes("vvVsssx"), PLAN)).isEqualTo("vvXvsss");
  }

  @Test
  void aSpareReplacesAVoterIfThereIsNoStandBy() {
    assertThat(settled(nodes("vvVx"), new RolePlan(3, 0))).isEqualTo("vvXv");
  }

  @Test
  void withNobodyToReplaceItAVoterKeepsItsVote() {
    assertThat(PLAN.next(nodes("vvV"))).isEmpty();
    assertThat(PLAN.next(nodes("vvVS"))).isEmpty();
  }

  @Test
  void theLeaderIsNeverDemoted() {
    assertThat(settled(nodes("vv"), PLAN)).isEqualTo("vs");
    assertThat(settled(nodes("vvvv"), PLAN)).isEqualTo("vvvs");
  }

  @Test
  void otherFailureDomainsComeFirst() {
    List<Node> nodes =
        List.of(
            new Node(1, Role.VOTER, true, "rack-1", true),
            new Node(2, Role.VOTER, true, "rack-2", false),
            new Node(3, Role.VOTER, false, "rack-3", false),
            new Node(4, Role.STAND_BY, true, "rack-1", false),
            new Node(5, Role.STAND_BY, true, "rack-3", false));
    assertThat(PLAN.next(nodes)).contains(new Change(5, Role.VOTER));
  }

  @Test
  void whoLeavesHandsItsVoteToAStandBy() {
    assertThat(PLAN.handover(nodes("vvvs"), 1)).contains(new Change(4, Role.VOTER));
    assertThat(PLAN.handover(nodes("vs"), 1)).contains(new Change(2, Role.VOTER));
    assertThat(PLAN.handover(nodes("vvv"), 1)).isEmpty();
    assertThat(PLAN.handover(nodes("vvvs"), 4)).as("it has no vote").isEmpty();
    assertThat(PLAN.handover(nodes("vvvS"), 1)).as("it is offline").isEmpty();
  }
}
