package io.kneard.drbd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code drbdsetup status --json --verbose --statistics}. Unknown fields do not matter. */
final class StatusReader {
  private StatusReader() {}

  static List<Status> read(String text) throws Unreadable {
    List<Status> all = new ArrayList<>();
    for (JsonNode resource : JsonAnswer.resources("drbdsetup status", text)) {
      all.add(resource(resource));
    }
    return all;
  }

  /** The one with this name. */
  static Optional<Status> read(String text, String name) throws Unreadable {
    return read(text).stream().filter(one -> one.resource().equals(name)).findFirst();
  }

  private static Status resource(JsonNode node) throws Unreadable {
    List<Status.Device> devices = new ArrayList<>();
    for (JsonNode device : JsonAnswer.elements(node.path("devices"))) {
      devices.add(device(device));
    }
    List<Status.Connection> connections = new ArrayList<>();
    for (JsonNode connection : JsonAnswer.elements(node.path("connections"))) {
      connections.add(connection(connection));
    }
    return new Status(
        JsonAnswer.text(node, "name"),
        JsonAnswer.number(node, "node-id"),
        JsonAnswer.text(node, "role"),
        JsonAnswer.flag(node, "suspended"),
        JsonAnswer.flag(node, "suspended-quorum"),
        devices,
        connections);
  }

  private static Status.Device device(JsonNode node) throws Unreadable {
    return new Status.Device(
        JsonAnswer.number(node, "volume"),
        JsonAnswer.number(node, "minor"),
        JsonAnswer.text(node, "disk-state"),
        JsonAnswer.flag(node, "client"),
        JsonAnswer.flag(node, "quorum"),
        JsonAnswer.optional(node, "open").map(JsonNode::asBoolean),
        JsonAnswer.optional(node, "size").map(JsonNode::asLong));
  }

  private static Status.Connection connection(JsonNode node) throws Unreadable {
    List<Status.PeerDevice> devices = new ArrayList<>();
    for (JsonNode device : JsonAnswer.elements(node.path("peer_devices"))) {
      devices.add(peerDevice(device));
    }
    return new Status.Connection(
        JsonAnswer.number(node, "peer-node-id"),
        JsonAnswer.text(node, "name"),
        JsonAnswer.text(node, "connection-state"),
        JsonAnswer.text(node, "peer-role"),
        List.copyOf(devices));
  }

  private static Status.PeerDevice peerDevice(JsonNode node) throws Unreadable {
    return new Status.PeerDevice(
        JsonAnswer.number(node, "volume"),
        JsonAnswer.text(node, "replication-state"),
        JsonAnswer.text(node, "peer-disk-state"),
        JsonAnswer.flag(node, "peer-client"),
        JsonAnswer.optional(node, "percent-resync-done").map(JsonNode::asDouble),
        JsonAnswer.optional(node, "estimated-seconds-to-finish").map(JsonNode::asLong));
  }
}
