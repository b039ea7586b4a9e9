package io.kneard.datamesh.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Group;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.plan.Situation;
import io.kneard.datamesh.vectors.Vectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What may run beside what is as in the reference, but for what is listed. */
class ConcurrencyVectorsTest {
  private static final Map<String, Group> GROUPS =
      Map.of(
          "VotingMembership", Group.VOTER,
          "NonVotingMembership", Group.NON_VOTER,
          "Quorum", Group.QUORUM,
          "Attachment", Group.IO,
          "Multiattach", Group.MULTIATTACH,
          "Emergency", Group.EMERGENCY,
          "Resize", Group.RESIZE,
          "Network", Group.ADDRESSES,
          "Formation", Group.FORMATION);

  /** A change of quorum excludes address repair; formation excludes everything. */
  private static final Set<String> STRICTER =
      Set.of("Quorum does NOT block Network", "Formation does NOT block Network");

  /** Two transitions of one member are kept apart before this is asked. */
  private static final String ELSEWHERE =
      "blocks per-member membership when same replica has active membership transition";

  private final SoftAssertions all = new SoftAssertions();

  @Test
  void whatRunsAtTheSameTimeIsWhatTheReferenceLetsRun() {
    Vectors.forEach("03_concurrency", this::sequence);
    all.assertAll();
  }

  private void sequence(JsonNode row) {
    String test = row.get("test").asText().replaceFirst("^.* > ", "");
    if (test.equals(ELSEWHERE)) {
      return;
    }
    List<Transition> active = new ArrayList<>();
    Set<Integer> attached = new HashSet<>();
    boolean multiattach = false;
    for (JsonNode op : row.get("ops")) {
      switch (op.get("op").asText()) {
        case "new" -> {
          multiattach = op.get("multiattach").asBoolean();
          op.get("attachedMembers").forEach(id -> attached.add(id.asInt()));
        }
        case "add" -> active.add(transition(op.get("transition")));
        case "remove" -> {
          Transition ended = transition(op.get("transition"));
          active.remove(ended);
          ended.subject().filter(id -> ended.kind().detaches()).ifPresent(attached::remove);
        }
        default -> admits(test, op, active, attached, multiattach);
      }
    }
  }

  private void admits(
      String test, JsonNode op, List<Transition> active, Set<Integer> attached, boolean multi) {
    Transition proposal = transition(op.get("proposal"));
    Situation s = situation(active, attached, multi, proposal.subject().orElse(-1));
    boolean refused = Parallelism.refuses(proposal, active, s).isPresent();
    boolean wanted = !op.get("allowed").asBoolean() || STRICTER.contains(test);
    all.assertThat(refused).as(test).isEqualTo(wanted);
  }

  private static Transition transition(JsonNode node) {
    Group group = GROUPS.get(node.get("group").asText());
    Optional<Integer> subject =
        Optional.of(node.path("replica").asText())
            .filter(name -> !name.isEmpty())
            .map(name -> Integer.parseInt(name.substring(name.length() - 1)));
    Optional<MemberType> target =
        switch (node.path("replicaType").asText()) {
          case "Diskful" -> Optional.of(MemberType.DISKFUL);
          case "ShadowDiskful" -> Optional.of(MemberType.SHADOW_DISKFUL);
          default -> Optional.empty();
        };
    return new Transition(kind(node, group), group, "", subject, target, 0, 1, Optional.empty());
  }

  private static TransitionKind kind(JsonNode node, Group group) {
    return switch (node.path("type").asText()) {
      case "RemoveReplica" -> TransitionKind.REMOVE_MEMBER;
      case "Detach" -> TransitionKind.DETACH;
      default -> group == Group.IO ? TransitionKind.ATTACH : TransitionKind.ADD_MEMBER;
    };
  }

  private static Situation situation(
      List<Transition> active, Set<Integer> attached, boolean multiattach, int subject) {
    List<Member> members =
        IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
            .mapToObj(id -> member(id, attached.contains(id) || attaching(active, id)))
            .toList();
    Mesh mesh = new Mesh(1, Stage.FORMED, members, 1, 1, multiattach, 0, List.of());
    Configuration configuration = new Configuration(0, 0, Topology.IGNORED, VolumeAccess.ANY, 2);
    Volume volume = new Volume("v", configuration, 0, false, mesh, active);
    Picture picture = new Picture(volume, List.of(), Map.of(), List.of(), List.of(), List.of());
    return new Situation(
        picture, mesh, active, subject, Optional.empty(), Optional.empty(), Set.of());
  }

  private static boolean attaching(List<Transition> active, int id) {
    return active.stream()
        .anyMatch(t -> t.kind() == TransitionKind.ATTACH && t.subject().equals(Optional.of(id)));
  }

  private static Member member(int id, boolean attached) {
    return new Member(id, "n" + id, "", MemberType.ACCESS, List.of(), attached, Optional.empty());
  }
}
