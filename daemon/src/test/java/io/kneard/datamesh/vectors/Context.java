package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kneard.datamesh.Group;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The context of a recorded call of one of the reference's functions, as a situation. */
final class Context {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final JsonNode row;
  private final ArrayNode replicas = JSON.arrayNode();

  private Context(JsonNode row) {
    this.row = row;
    row.path("gctx").path("replicas").forEach(replicas::add);
    boolean known = false;
    for (JsonNode replica : replicas) {
      known |= replica.get("id").equals(row.path("subject").path("id"));
    }
    if (!known && row.hasNonNull("subject")) {
      replicas.add(row.get("subject"));
    }
  }

  static Situation situation(JsonNode row) {
    return new Context(row).situation();
  }

  private Situation situation() {
    ObjectNode input = input();
    Picture picture = VectorInput.of(input).picture();
    int subject = row.path("subject").path("id").asInt(Situation.NOBODY);
    Ids ids = Ids.of(input);
    int id = subject == Situation.NOBODY ? subject : ids.id("rv-1-" + subject);
    Optional<MemberType> target =
        row.get("fn").asText().endsWith("ForRetypeToTieBreaker")
            ? Optional.of(MemberType.TIE_BREAKER)
            : Optional.empty();
    return new Situation(
        picture, picture.volume().mesh(), active(id), id, target, Optional.empty(), Set.of());
  }

  private List<Transition> active(int subject) {
    List<Transition> active = new ArrayList<>();
    String kind = row.path("subject").path("attachmentTransition").path("type").asText();
    if (!kind.isEmpty()) {
      active.add(
          new Transition(
              Names.kind(kind),
              Group.IO,
              "",
              Optional.of(subject),
              Optional.empty(),
              0,
              1,
              Optional.empty()));
    }
    return active;
  }

  private ObjectNode input() {
    JsonNode gctx = row.path("gctx");
    ObjectNode rv = JSON.objectNode();
    rv.put("deleting", gctx.path("deleting").asBoolean());
    rv.put("size", gctx.path("size").asLong());
    rv.put("datameshSize", gctx.path("datameshSize").asLong());
    rv.put("maxAttachments", gctx.path("maxAttachments").asInt());
    rv.put("revision", gctx.path("revision").asLong());
    rv.put("q", gctx.path("q").asInt());
    rv.put("qmr", gctx.path("qmr").asInt());
    rv.put("multiattach", gctx.path("multiattach").asBoolean());
    ObjectNode config = rv.putObject("config");
    config.put("ftt", gctx.at("/config/ftt").asInt());
    config.put("gmdr", gctx.at("/config/gmdr").asInt());
    config.put("topology", gctx.at("/config/topology").asText());
    config.put("volumeAccess", gctx.at("/config/volumeAccess").asText());
    rv.putArray("requests");
    rv.putArray("transitions");
    ArrayNode members = rv.putArray("members");
    ObjectNode input = JSON.objectNode();
    input.set("rv", rv);
    input.putArray("rvas");
    input.set("features", gctx.path("features"));
    input.set("rsp", rsp(gctx));
    ArrayNode reports = input.putArray("replicas");
    for (JsonNode replica : replicas) {
      add(members, replica, replica.path("member"));
      add(reports, replica, replica.path("rvr"));
    }
    return input;
  }

  /** The reference takes the feature as given; here every host has to have it. */
  private JsonNode rsp(JsonNode gctx) {
    if (gctx.hasNonNull("rsp")) {
      return gctx.get("rsp");
    }
    ObjectNode rsp = JSON.objectNode();
    ArrayNode nodes = rsp.putArray("nodes");
    for (JsonNode replica : replicas) {
      ObjectNode node = nodes.addObject();
      node.put("name", node(replica));
      node.put("zone", "").put("nodeReady", true).put("agentReady", true);
    }
    return rsp;
  }

  private static String node(JsonNode replica) {
    String name = replica.path("node").asText();
    return name.isEmpty() ? "node-" + replica.get("id").asInt() : name;
  }

  private static void add(ArrayNode into, JsonNode replica, JsonNode part) {
    if (!part.isObject()) {
      return;
    }
    ObjectNode copy = part.deepCopy();
    copy.put("name", "rv-1-" + replica.get("id").asInt());
    copy.put("node", node(replica));
    if (copy.path("type").asText().isEmpty()) {
      copy.put("type", "Diskful");
    }
    into.add(copy);
  }
}
