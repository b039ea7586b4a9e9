package io.kneard.datamesh.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the reference does and should not: the same played here, with the same host lost. */
class HazardsTest {
  private static final Optional<String> POOL = Optional.of("pool");
  private static final int ENOUGH = 15;
  private static final int JOINING = Member.MAX_ID;

  @Test
  void theRecordedHazardsAreTheFiveThatArePlayedHere() {
    List<String> names = new ArrayList<>();
    Vectors.forEach("08_reference_hazards", row -> names.add(broken(row)));
    assertThat(names).hasSize(5).doesNotContain("");
  }

  /** The first thing that is wrong in the recording. */
  private static String broken(JsonNode row) {
    for (JsonNode round : row.get("rounds")) {
      if (!round.get("violates").isEmpty()) {
        return row.get("name").asText() + ": " + round.get("violates").get(0).asText();
      }
    }
    return "";
  }

  @Test
  void aVoterRemovedByForceUnderAJoinByWayOfShadowLeavesQRight() {
    Replay replay = replay(2, 1, true, 3, 2, 4, 1);
    replay.requests.add(new Request.Add(JOINING, MemberType.DISKFUL, POOL));
    play(replay, 2, new Request.ForceRemove(3));
    assertThat(replay.mesh().voters()).hasSize(4);
  }

  @Test
  void aVoterRemovedByForceUnderARemovalLeavesQRight() {
    Replay replay = replay(1, 1, false, 3, 2, 4, 0);
    replay.requests.add(new Request.Remove(3));
    play(replay, 1, new Request.ForceRemove(2));
    assertThat(replay.mesh().voters()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aVoterRemovedByForceUnderAJoinLeavesQRight() {
    Replay replay = replay(1, 1, false, 2, 2, 3, 0);
    replay.requests.add(new Request.Add(JOINING, MemberType.DISKFUL, POOL));
    play(replay, 1, new Request.ForceRemove(2));
    assertThat(replay.mesh().voters()).hasSize(3);
  }

  @Test
  void qmrIsNotRaisedBeforeTheNewCopyIsUpToDate() {
    Replay replay = replay(0, 1, false, 1, 1, 1, 0);
    replay.behind.add(JOINING);
    replay.requests.add(new Request.Add(JOINING, MemberType.DISKFUL, POOL));
    play(replay);
    assertThat(replay.mesh().qmr()).isEqualTo(1);
    assertThat(replay.mesh().voters()).hasSize(2);
    replay.behind.clear();
    replay.step();
    replay.step();
    assertThat(replay.mesh().qmr()).isEqualTo(2);
  }

  @Test
  void theLastVoterIsNotRemovedByForce() {
    Replay replay = replay(0, 0, false, 1, 1, 1, 0);
    play(replay, 0, new Request.ForceRemove(0));
    assertThat(replay.mesh().voters()).hasSize(1);
  }

  private static Replay replay(
      int bua, int bdl, boolean shadows, int q, int qmr, int diskful, int tieBreakers) {
    List<Member> members = new ArrayList<>();
    for (int id = 0; id < diskful + tieBreakers; id++) {
      members.add(
          Replay.member(id, id < diskful ? MemberType.DISKFUL : MemberType.TIE_BREAKER, false));
    }
    return new Replay(bua, bdl, 1, shadows, Replay.mesh(members, q, qmr, false));
  }

  /** Plays it, with a host lost after so many steps; at every step the numbers are right. */
  private static void play(Replay replay, int before, Request.ForceRemove lost) {
    for (int i = 0; i < ENOUGH; i++) {
      if (i == before) {
        replay.requests.removeIf(request -> request.replica() == lost.replica());
        replay.lose(lost.replica(), lost);
      }
      replay.step();
      right(replay);
    }
  }

  private static void play(Replay replay) {
    for (int i = 0; i < ENOUGH; i++) {
      replay.step();
      right(replay);
    }
  }

  private static void right(Replay replay) {
    Mesh mesh = replay.mesh();
    assertThat(mesh.q()).as(mesh.toString()).isEqualTo(Layout.majority(mesh.voters().size()));
    long copies = mesh.voters().stream().filter(one -> replay.hasData(one.id())).count();
    assertThat(mesh.qmr())
        .as(mesh.toString())
        .isLessThanOrEqualTo(Math.toIntExact(Math.max(1, copies)));
  }
}
