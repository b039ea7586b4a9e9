package io.kneard.drbd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code drbdsetup show --json}, in both forms there are: a {@code path} of two texts (up to
 * drbd-utils 9.22) and {@code paths} of objects.
 */
final class SetupReader {
  private SetupReader() {}

  static List<Setup> read(String text) throws Unreadable {
    List<Setup> all = new ArrayList<>();
    for (JsonNode resource : JsonAnswer.resources("drbdsetup show", text)) {
      all.add(resource(resource));
    }
    return all;
  }

  /** The one with this name. */
  static Optional<Setup> read(String text, String name) throws Unreadable {
    return read(text).stream().filter(one -> one.resource().equals(name)).findFirst();
  }

  private static Setup resource(JsonNode node) throws Unreadable {
    JsonNode here = node.path("_this_host");
    List<Setup.Device> devices = new ArrayList<>();
    for (JsonNode device : JsonAnswer.elements(here.path("volumes"))) {
      devices.add(device(device));
    }
    List<Setup.Peer> peers = new ArrayList<>();
    for (JsonNode connection : JsonAnswer.elements(node.path("connections"))) {
      peers.add(peer(connection));
    }
    return new Setup(
        JsonAnswer.text(node, "resource"),
        JsonAnswer.number(here, "node-id"),
        options(node.path("options")),
        devices,
        peers);
  }

  private static Setup.Device device(JsonNode node) throws Unreadable {
    return new Setup.Device(
        JsonAnswer.number(node, "volume_nr"),
        JsonAnswer.number(node, "device_minor"),
        JsonAnswer.optional(node, "backing-disk").map(JsonNode::asText),
        options(node.path("disk")));
  }

  private static Setup.Peer peer(JsonNode node) throws Unreadable {
    List<Setup.Path> paths = new ArrayList<>();
    for (JsonNode path : JsonAnswer.elements(node.path("path"))) {
      paths.add(
          new Setup.Path(
              withoutFamily(JsonAnswer.text(path, "_this_host")),
              withoutFamily(JsonAnswer.text(path, "_remote_host"))));
    }
    for (JsonNode path : JsonAnswer.elements(node.path("paths"))) {
      paths.add(new Setup.Path(end(path.path("this_host")), end(path.path("remote_host"))));
    }
    return new Setup.Peer(
        JsonAnswer.number(node, "_peer_node_id"),
        List.copyOf(paths),
        options(node.path("net")),
        JsonAnswer.elements(node.path("volumes")).stream()
            .filter(volume -> volume.path("volume_nr").asInt(-1) == 0)
            .findFirst()
            .map(volume -> options(volume.path("disk")))
            .orElse(Map.of()));
  }

  private static String withoutFamily(String address) {
    return address.substring(address.indexOf(' ') + 1);
  }

  private static String end(JsonNode node) throws Unreadable {
    return Endpoint.of(JsonAnswer.text(node, "address"), JsonAnswer.number(node, "port"));
  }

  private static Map<String, String> options(JsonNode object) {
    Map<String, String> options = new HashMap<>();
    if (object.isObject()) {
      object.properties().forEach(field -> options.put(field.getKey(), value(field.getValue())));
    }
    return Map.copyOf(options);
  }

  private static String value(JsonNode value) {
    return value.isBoolean() ? (value.booleanValue() ? "yes" : "no") : value.asText();
  }
}
