package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Blocked;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a decision came to, in a form that can be compared.
 *
 * @param members like {@code 2:D*}, attached ones with a star
 * @param transitions like {@code AddMember diskful/v1 #3 1@12}: step 1, published with revision 12
 * @param blocked what blocks, for each replica and kind of wish
 */
record Decision(
    long revision,
    int q,
    int qmr,
    boolean multiattach,
    Set<String> members,
    Set<String> transitions,
    Map<String, String> blocked) {

  Decision withMultiattach(boolean now) {
    return new Decision(revision, q, qmr, now, members, transitions, blocked);
  }

  /** The same, whatever came first in it. */
  Decision inAnyOrder() {
    Set<String> unordered =
        transitions.stream()
            .map(t -> t.substring(0, t.indexOf('@')))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Decision(revision, q, qmr, multiattach, members, unordered, blocked);
  }

  static Decision of(Outcome outcome) {
    Mesh mesh = outcome.volume().mesh();
    Set<String> members = new TreeSet<>();
    mesh.members().forEach(member -> members.add(text(member)));
    Set<String> transitions = new TreeSet<>();
    outcome.volume().transitions().forEach(t -> transitions.add(text(t)));
    Map<String, String> blocked = new TreeMap<>();
    for (Blocked one : outcome.blocked()) {
      one.subject().ifPresent(id -> blocked.putIfAbsent(key(id, one.kind().aboutUse()), one.by()));
    }
    return new Decision(
        mesh.revision(), mesh.q(), mesh.qmr(), mesh.multiattach(), members, transitions, blocked);
  }

  private static String text(Member member) {
    return text(member.id(), member.type(), member.attached());
  }

  private static String text(int id, MemberType type, boolean attached) {
    return id + ":" + type.sign() + (attached ? "*" : "");
  }

  private static String text(Transition t) {
    String subject = t.subject().map(id -> "#" + id).orElse("");
    return text(t.kind(), t.planId(), subject, t.step(), t.appliedAt());
  }

  private static String text(
      TransitionKind kind, String plan, String subject, int step, long revision) {
    return "%s %s %s %d@%d".formatted(kind.title(), plan, subject, step, revision);
  }

  private static String key(int id, boolean use) {
    return "#" + id + (use ? " use" : " membership");
  }

  static Decision recorded(JsonNode output, Ids ids) {
    JsonNode rv = output.has("rv") ? output.get("rv") : output;
    Set<String> members = new TreeSet<>();
    for (JsonNode node : rv.get("members")) {
      members.add(
          text(
              ids.id(node.get("name").asText()),
              Names.type(node.get("type").asText()),
              node.get("attached").asBoolean()));
    }
    Set<String> transitions = new TreeSet<>();
    for (JsonNode node : rv.get("transitions")) {
      transitions.add(recordedTransition(node, ids));
    }
    return new Decision(
        rv.get("revision").asLong(),
        rv.get("q").asInt(),
        rv.get("qmr").asInt(),
        rv.path("multiattach").asBoolean(),
        members,
        transitions,
        recordedBlocks(output, ids));
  }

  private static String recordedTransition(JsonNode node, Ids ids) {
    String replica = node.path("replica").asText();
    int step = Names.activeStep(node);
    return text(
        Names.kind(node.get("type").asText()),
        node.get("plan").asText(),
        replica.isEmpty() ? "" : "#" + ids.id(replica),
        step,
        node.get("steps").get(step).get("revision").asLong());
  }

  private static Map<String, String> recordedBlocks(JsonNode output, Ids ids) {
    Map<String, String> blocked = new TreeMap<>();
    output
        .path("requestMessages")
        .properties()
        .forEach(entry -> put(blocked, ids.id(entry.getKey()), false, entry.getValue().asText()));
    for (JsonNode node : output.path("contexts")) {
      String name = node.get("name").asText();
      if (!name.isEmpty()) {
        put(blocked, ids.id(name), false, node.get("membershipMessage").asText());
        put(blocked, ids.id(name), true, node.get("attachMessage").asText());
      }
    }
    return blocked;
  }

  private static void put(Map<String, String> blocked, int id, boolean use, String message) {
    Reasons.of(message).ifPresent(by -> blocked.put(key(id, use), by));
  }
}
