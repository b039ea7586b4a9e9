package io.kneard.datamesh.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each plan of the reference, played to its end: the revisions published here, and what each host
 * has to set up for them, beside the recorded revisions and drbdsetup commands.
 */
class WalkthroughTest {
  private static final int ENOUGH = 20;

  /** Walks that go another way here, and why. */
  private static final Map<String, Difference> OTHERWISE =
      new TreeMap<>(
          Map.of(
              "AddReplica(D)", Difference.TIE_BREAKER_PRESENT,
              "AddReplica(D) via sD", Difference.TIE_BREAKER_PRESENT,
              "AddReplica(D)+qmr↑", Difference.TIE_BREAKER_PRESENT,
              "AddReplica(D)+qmr↑ via sD", Difference.TIE_BREAKER_PRESENT,
              "ChangeReplicaType(D,A)", Difference.TIE_BREAKER_PRESENT,
              "ChangeReplicaType(D,sD)", Difference.TIE_BREAKER_PRESENT,
              "RemoveReplica(D)", Difference.TIE_BREAKER_PRESENT,
              "qmr↓+RemoveReplica(D)", Difference.TIE_BREAKER_PRESENT,
              "RemoveReplica(sD)", Difference.SHADOW_LEAVES));

  @Test
  void everyWalkIsTheSameOrDiffersForAListedReason() {
    Map<String, String> different = new TreeMap<>();
    List<String> all = new ArrayList<>();
    Vectors.forEach(
        "07_plan_walkthrough",
        row -> {
          String name = row.get("name").asText();
          all.add(name);
          List<Mesh> here = walk(row);
          List<String> recorded = recorded(row);
          if (!here.stream().map(WalkthroughTest::text).toList().equals(recorded)) {
            different.put(
                name, recorded + " here " + here.stream().map(WalkthroughTest::text).toList());
          } else {
            assertThat(commandsThatDoNotFit(row, here)).as(name).isEmpty();
          }
        });
    assertThat(all).hasSize(59);
    assertThat(different.keySet()).as("%s", different).isEqualTo(OTHERWISE.keySet());
  }

  private static List<Mesh> walk(JsonNode row) {
    Replay replay = Replay.of(row);
    abandon(row.get("name").asText(), replay);
    List<Mesh> published = new ArrayList<>();
    Mesh last = replay.mesh();
    for (int i = 0; i < ENOUGH; i++) {
      replay.step();
      if (!text(replay.mesh()).equals(text(last))) {
        last = replay.mesh();
        published.add(last);
      }
    }
    return published;
  }

  /** The reference removes a member whose replica is gone; here somebody asks for it. */
  private static void abandon(String name, Replay replay) {
    if (name.startsWith("Orphan attached D")) {
      replay.lose(1, new Request.ForceRemove(1));
    } else if (name.startsWith("Orphan")) {
      replay.lose(2, new Request.ForceRemove(2));
    }
  }

  private static String text(Mesh mesh) {
    return "q=%d qmr=%d%s %s"
        .formatted(
            mesh.q(),
            mesh.qmr(),
            mesh.multiattach() ? " multiattach" : "",
            mesh.members().stream()
                .map(one -> one.id() + one.type().sign() + (one.attached() ? "*" : ""))
                .sorted()
                .collect(Collectors.joining(" ")));
  }

  private static List<String> recorded(JsonNode row) {
    List<String> texts = new ArrayList<>();
    String last = text(Replay.of(row).mesh());
    for (JsonNode round : row.get("rounds")) {
      String next = recordedText(round.get("published"));
      if (!next.equals(last)) {
        texts.add(next);
        last = next;
      }
    }
    return texts;
  }

  private static String recordedText(JsonNode published) {
    List<String> members = new ArrayList<>();
    for (JsonNode member : published.get("members")) {
      String[] parts = member.asText().split(":", 2);
      MemberType type = Names.type(parts[1].replace("*", ""));
      members.add(Replay.id(parts[0]) + type.sign() + (parts[1].endsWith("*") ? "*" : ""));
    }
    return "q=%d qmr=%d%s %s"
        .formatted(
            published.get("q").asInt(),
            published.get("qmr").asInt(),
            published.get("multiattach").asBoolean() ? " multiattach" : "",
            members.stream().sorted().collect(Collectors.joining(" ")));
  }

  private static List<String> commandsThatDoNotFit(JsonNode row, List<Mesh> here) {
    Map<String, Mesh> byText = new LinkedHashMap<>();
    here.forEach(mesh -> byText.put(text(mesh), mesh));
    List<String> wrong = new ArrayList<>();
    for (JsonNode round : row.get("rounds")) {
      Mesh mesh = byText.get(recordedText(round.get("published")));
      round
          .get("drbdCommands")
          .properties()
          .forEach(
              host -> {
                Optional<LocalResource> local = LocalResource.of(mesh, Replay.id(host.getKey()));
                for (JsonNode pass : host.getValue().get("passes")) {
                  for (JsonNode command : pass) {
                    if (local.isPresent() && !Command.fits(command.asText(), local.get())) {
                      wrong.add(host.getKey() + ": " + command.asText() + ": " + local.get());
                    }
                  }
                }
              });
    }
    return wrong;
  }
}
