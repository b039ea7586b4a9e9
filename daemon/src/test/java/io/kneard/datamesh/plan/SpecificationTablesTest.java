package io.kneard.datamesh.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the specification's three tables is the way that is taken where it says so. */
class SpecificationTablesTest {
  private static final int SUBJECT = 7;
  private static final Configuration GOAL =
      new Configuration(1, 1, Topology.IGNORED, VolumeAccess.ANY, 1);

  @ParameterizedTest(name = "{0} with {1} voters, flant-drbd {2}: {3}")
  @CsvSource({
    "ADD_MEMBER, 2, false, ✦ → A",
    "ADD_MEMBER, 3, true, ✦ → A",
    "ADD_MEMBER, 2, false, ✦ → TB",
    "ADD_MEMBER, 3, true, ✦ → TB",
    "ADD_MEMBER, 2, false, ✦ → D∅ → D",
    "ADD_MEMBER, 3, false, ✦ → A → D∅ + q↑ → D",
    "ADD_MEMBER, 2, true, ✦ → sD∅ → sD → D",
    "ADD_MEMBER, 3, true, ✦ → sD∅ → sD → sD∅ → D∅ + q↑ → D",
    "ADD_MEMBER, 3, true, ✦ → sD∅ → sD",
    "REMOVE_MEMBER, 3, false, A → ✕",
    "REMOVE_MEMBER, 2, true, A → ✕",
    "REMOVE_MEMBER, 3, false, TB → ✕",
    "REMOVE_MEMBER, 2, true, TB → ✕",
    "REMOVE_MEMBER, 3, false, D → D∅ → ✕",
    "REMOVE_MEMBER, 4, true, D → D∅ → A + q↓ → ✕",
    "REMOVE_MEMBER, 3, true, sD → sD∅ → ✕",
    "CHANGE_MEMBER_TYPE, 3, false, A → TB",
    "CHANGE_MEMBER_TYPE, 3, false, TB → A",
    "CHANGE_MEMBER_TYPE, 2, false, A → D∅ → D",
    "CHANGE_MEMBER_TYPE, 3, false, A → D∅ + q↑ → D",
    "CHANGE_MEMBER_TYPE, 2, true, A → sD∅ → sD → D",
    "CHANGE_MEMBER_TYPE, 3, true, A → sD∅ → sD → sD∅ → D∅ + q↑ → D",
    "CHANGE_MEMBER_TYPE, 3, false, D → D∅ → A",
    "CHANGE_MEMBER_TYPE, 4, true, D → D∅ → A + q↓",
    "CHANGE_MEMBER_TYPE, 2, false, TB → D∅ → D",
    "CHANGE_MEMBER_TYPE, 3, false, TB → D∅ + q↑ → D",
    "CHANGE_MEMBER_TYPE, 2, true, TB → sD∅ → sD → D",
    "CHANGE_MEMBER_TYPE, 3, true, TB → sD∅ → sD → sD∅ → D∅ + q↑ → D",
    "CHANGE_MEMBER_TYPE, 3, false, D → D∅ → TB",
    "CHANGE_MEMBER_TYPE, 4, true, D → D∅ → TB + q↓",
    "CHANGE_MEMBER_TYPE, 3, true, A → sD∅ → sD",
    "CHANGE_MEMBER_TYPE, 3, true, sD → sD∅ → A",
    "CHANGE_MEMBER_TYPE, 3, true, TB → sD∅ → sD",
    "CHANGE_MEMBER_TYPE, 3, true, sD → sD∅ → TB",
    "CHANGE_MEMBER_TYPE, 2, true, sD → D",
    "CHANGE_MEMBER_TYPE, 3, true, sD → sD∅ → D∅ + q↑ → D",
    "CHANGE_MEMBER_TYPE, 3, true, D → sD",
    "CHANGE_MEMBER_TYPE, 4, true, D → D∅ → sD∅ + q↓ → sD",
  })
  void aRowIsAPlan(TransitionKind kind, int voters, boolean flant, String path) {
    String[] types = path.replaceAll(" \\+ q.", "").split(" → ", -1);
    Optional<MemberType> from = type(types[0]);
    Optional<MemberType> to = type(types[types.length - 1]);

    Plans.Entry way = Plans.way(kind, situation(from, voters, flant), to).orElseThrow();

    assertThat(way.step()).isZero();
    assertThat(path(way.plan())).isEqualTo(path);
  }

  private static Optional<MemberType> type(String sign) {
    return Arrays.stream(MemberType.values()).filter(type -> type.sign().equals(sign)).findFirst();
  }

  /** The first step whole, and of the others what comes of it. */
  private static String path(Plan plan) {
    String first = plan.steps().get(0).name();
    return first
        + plan.steps().stream()
            .skip(1)
            .map(step -> step.name().substring(step.name().indexOf(" → ")))
            .collect(Collectors.joining());
  }

  /** So many voters, the subject one of them if it has a vote, and no other tiebreaker. */
  private static Situation situation(Optional<MemberType> from, int voters, boolean flant) {
    List<Member> members = new ArrayList<>();
    from.ifPresent(type -> members.add(member(SUBJECT, type)));
    int others = from.filter(MemberType::voter).isPresent() ? voters - 1 : voters;
    for (int id = 0; id < others; id++) {
      members.add(member(id, MemberType.DISKFUL));
    }
    Map<String, Host> hosts = new TreeMap<>();
    for (int id = 0; id <= SUBJECT; id++) {
      hosts.put("n" + id, new Host("n" + id, "", true, true, flant));
    }
    Mesh mesh =
        new Mesh(
            5,
            Stage.FORMED,
            members,
            Layout.majority(voters),
            Layout.copies(GOAL.fttBdl()),
            false,
            1 << 20,
            List.of());
    Picture picture =
        new Picture(
            new Volume("v", GOAL, 1 << 20, false, mesh, List.of()),
            List.of(new Replica(SUBJECT, "n" + SUBJECT, false, Optional.empty())),
            hosts,
            List.of(),
            List.of(),
            List.of());
    return new Situation(
        picture, mesh, List.of(), SUBJECT, Optional.empty(), Optional.of("pool"), Set.of());
  }

  private static Member member(int id, MemberType type) {
    Optional<String> pool = type.backed() ? Optional.of("pool") : Optional.empty();
    return new Member(id, "n" + id, "", type, List.of(), false, pool);
  }
}
