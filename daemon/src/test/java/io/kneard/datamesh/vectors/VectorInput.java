package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Address;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Plans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The input of one recorded decision as a picture. */
final class VectorInput {
  private static final int PORT = 7000;

  private final JsonNode input;
  private final JsonNode rv;
  final Ids ids;

  private VectorInput(JsonNode input) {
    this.input = input;
    this.rv = input.get("rv");
    this.ids = Ids.of(input);
  }

  static VectorInput of(JsonNode input) {
    return new VectorInput(input);
  }

  Picture picture() {
    return new Picture(volume(), replicas(), hosts(), List.of(), requests(), intents());
  }

  private Volume volume() {
    JsonNode config = rv.get("config");
    Configuration configuration =
        new Configuration(
            config.get("gmdr").asInt(),
            config.get("ftt").asInt(),
            topology(config.get("topology").asText()),
            volumeAccess(config.get("volumeAccess").asText()),
            Math.max(1, rv.get("maxAttachments").asInt()));
    return new Volume(
        "rv-1",
        configuration,
        rv.get("size").asLong(),
        rv.get("deleting").asBoolean(),
        mesh(),
        transitions());
  }

  private static Topology topology(String name) {
    return switch (name) {
      case "TransZonal" -> Topology.TRANS_ZONAL;
      case "Zonal" -> Topology.ZONAL;
      default -> Topology.IGNORED;
    };
  }

  private static VolumeAccess volumeAccess(String name) {
    for (VolumeAccess access : VolumeAccess.values()) {
      if (access.title().equals(name)) {
        return access;
      }
    }
    return VolumeAccess.ANY;
  }

  private Mesh mesh() {
    List<Member> members = new ArrayList<>();
    for (JsonNode node : rv.get("members")) {
      members.add(member(node));
    }
    return new Mesh(
        rv.get("revision").asLong(),
        Stage.FORMED,
        members,
        rv.get("q").asInt(),
        rv.get("qmr").asInt(),
        rv.get("multiattach").asBoolean(),
        rv.get("datameshSize").asLong(),
        List.of());
  }

  private Member member(JsonNode node) {
    var type = Names.type(node.get("type").asText());
    return new Member(
        ids.id(node.get("name").asText()),
        node.get("node").asText(),
        node.path("zone").asText(),
        type,
        addresses(node),
        node.get("attached").asBoolean(),
        type.backed() ? Optional.of(pool(node)) : Optional.empty());
  }

  private static String pool(JsonNode node) {
    return node.path("lvg").asText("pool") + "/" + node.path("thin").asText("");
  }

  private static List<Address> addresses(JsonNode node) {
    List<Address> addresses = new ArrayList<>();
    for (JsonNode address : node.path("addresses")) {
      addresses.add(
          new Address(
              address.get("network").asText(),
              address.path("ipv4").asText("10.0.0.1"),
              address.path("port").asInt(PORT)));
    }
    return addresses;
  }

  private List<Transition> transitions() {
    List<Transition> transitions = new ArrayList<>();
    for (JsonNode node : rv.get("transitions")) {
      transitions.add(transition(node));
    }
    return transitions;
  }

  private Transition transition(JsonNode node) {
    Plan plan = Plans.get(Names.kind(node.get("type").asText()), node.get("plan").asText());
    Optional<Integer> subject =
        Optional.of(node.path("replica").asText()).filter(n -> !n.isEmpty()).map(ids::id);
    int step = Names.activeStep(node);
    return new Transition(
        plan.kind(),
        plan.group(),
        plan.id(),
        subject,
        plan.to(),
        step,
        node.get("steps").get(step).get("revision").asLong(),
        Optional.of("pool/"));
  }

  private List<Replica> replicas() {
    List<Replica> replicas = new ArrayList<>();
    for (JsonNode node : input.get("replicas")) {
      replicas.add(
          new Replica(
              ids.id(node.get("name").asText()),
              node.get("node").asText(),
              node.path("deleting").asBoolean(),
              Optional.of(VectorReport.of(node, ids, addresses(node)))));
    }
    return replicas;
  }

  private Map<String, Host> hosts() {
    boolean nonVoting = input.at("/features/shadowDiskful").asBoolean();
    Map<String, Host> hosts = new HashMap<>();
    for (JsonNode node : input.path("rsp").path("nodes")) {
      String name = node.get("name").asText();
      hosts.put(
          name,
          new Host(
              name,
              node.get("zone").asText(),
              node.get("nodeReady").asBoolean(),
              node.get("agentReady").asBoolean(),
              nonVoting));
    }
    return hosts;
  }

  /**
   * The reference serves replicas by their id. It force-removes a member nobody asks anything of
   * when its replica is gone.
   */
  private List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (JsonNode node : rv.get("requests")) {
      requests.add(request(node));
    }
    for (JsonNode node : rv.get("members")) {
      int id = ids.id(node.get("name").asText());
      boolean asked = requests.stream().anyMatch(request -> request.replica() == id);
      if (!asked && replicas().stream().noneMatch(replica -> replica.id() == id)) {
        requests.add(new Request.ForceRemove(id));
      }
    }
    requests.sort(Comparator.comparingInt(Request::replica));
    return requests;
  }

  private Request request(JsonNode node) {
    int id = ids.id(node.get("name").asText());
    String op = node.get("op").asText();
    return switch (op) {
      case "Join" -> new Request.Add(id, type(node), Optional.of(pool(node)));
      case "ChangeRole" -> new Request.ChangeType(id, type(node), Optional.of(pool(node)));
      case "Leave" -> new Request.Remove(id);
      case "ForceLeave" -> new Request.ForceRemove(id);
      case "ForceDetach" -> new Request.ForceDetach(id);
      default -> throw new IllegalArgumentException(op.toLowerCase(Locale.ROOT));
    };
  }

  private static io.kneard.datamesh.MemberType type(JsonNode request) {
    return Names.type(request.get("type").asText());
  }

  private List<AttachIntent> intents() {
    List<AttachIntent> intents = new ArrayList<>();
    for (JsonNode node : input.get("rvas")) {
      if (!node.get("deleting").asBoolean()) {
        intents.add(new AttachIntent(node.get("node").asText(), node.get("created").asLong()));
      }
    }
    return intents;
  }
}
