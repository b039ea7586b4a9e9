package io.kneard.drbdstandin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kneard.testbed.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What real DRBD was recorded to say, and what counts of it. */
final class Recorded {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final Map<String, JsonNode> statuses = new TreeMap<>();

  Recorded() throws IOException {
    var file = Checkout.root().resolve("daemon/src/test/resources/drbd/captures.jsonl.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = MAPPER.readTree(line);
        if (row.path("file").asText().endsWith(".status.json")) {
          statuses.put(row.path("file").asText(), MAPPER.readTree(row.path("text").asText()));
        }
      }
    }
  }

  /** The states of a resource on a host in a situation; empty where none were recorded. */
  Optional<String> states(String version, String situation, String host, String resource) {
    String start = "drbd-" + version + "/" + situation + "-";
    return statuses.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start))
        .filter(entry -> entry.getKey().endsWith("/" + host + ".status.json"))
        .map(entry -> states(entry.getValue(), resource))
        .findFirst();
  }

  static String states(String json, String resource) throws IOException {
    return states(MAPPER.readTree(json), resource);
  }

  /** On one line, volume 0 only. */
  private static String states(JsonNode all, String resource) {
    for (JsonNode r : all) {
      if (r.path("name").asText().equals(resource)) {
        JsonNode device = r.path("devices").path(0);
        StringBuilder text = new StringBuilder(r.path("role").asText());
        text.append(' ').append(device.path("disk-state").asText());
        text.append(device.path("client").asBoolean() ? " client" : "");
        text.append(device.path("quorum").asBoolean() ? " quorum" : " no-quorum");
        text.append(r.path("suspended-quorum").asBoolean() ? " waits" : "");
        text.append(r.path("suspended-user").asBoolean() ? " stopped" : "");
        Map<Integer, String> peers = new TreeMap<>();
        r.path("connections").forEach(c -> peers.put(c.path("peer-node-id").asInt(), peer(c)));
        peers.values().forEach(text::append);
        return text.toString();
      }
    }
    return "none";
  }

  private static String peer(JsonNode connection) {
    JsonNode device = connection.path("peer_devices").path(0);
    return " | %s %s %s%s %s"
        .formatted(
            connection.path("connection-state").asText(),
            connection.path("peer-role").asText(),
            device.path("peer-disk-state").asText(),
            device.path("peer-client").asBoolean() ? " client" : "",
            device.path("replication-state").asText());
  }
}
