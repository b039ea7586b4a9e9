package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Address;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A recorded replica as a report. */
final class VectorReport {
  private VectorReport() {}

  static Report of(JsonNode replica, Ids ids, List<Address> addresses) {
    Optional<JsonNode> drbd = condition(replica, "DRBDConfigured");
    boolean current =
        drbd.filter(c -> c.get("observedGeneration").equals(replica.path("generation")))
            .isPresent();
    boolean silent = drbd.filter(c -> reason(c).equals("AgentNotReady")).isPresent();
    return new Report(
        replica.get("revision").asLong(),
        !silent,
        current && isTrue(drbd),
        isTrue(condition(replica, "Ready")),
        disk(replica.path("disk").asText()),
        Optional.of(replica.path("quorum")).filter(JsonNode::isBoolean).map(JsonNode::asBoolean),
        replica.path("inUse").asBoolean(),
        Optional.of(replica.path("diskSize")).filter(JsonNode::isNumber).map(JsonNode::asLong),
        addresses,
        peers(replica, ids),
        drbd.filter(c -> !isTrue(Optional.of(c))).map(VectorReport::reason));
  }

  private static Optional<JsonNode> condition(JsonNode replica, String type) {
    for (JsonNode condition : replica.path("conditions")) {
      if (condition.get("type").asText().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static String reason(JsonNode condition) {
    return condition.get("reason").asText();
  }

  private static boolean isTrue(Optional<JsonNode> condition) {
    return condition.filter(c -> c.get("status").asText().equals("True")).isPresent();
  }

  private static DiskState disk(String name) {
    return switch (name) {
      case "UpToDate" -> DiskState.UP_TO_DATE;
      case "Inconsistent" -> DiskState.INCONSISTENT;
      case "Outdated" -> DiskState.OUTDATED;
      case "Diskless" -> DiskState.DISKLESS;
      case "Failed" -> DiskState.FAILED;
      default -> DiskState.UNKNOWN;
    };
  }

  private static List<PeerReport> peers(JsonNode replica, Ids ids) {
    List<PeerReport> peers = new ArrayList<>();
    for (JsonNode peer : replica.path("peers")) {
      String replication = peer.path("replication").asText();
      peers.add(
          new PeerReport(
              ids.id(peer.get("name").asText()),
              peer.path("connection").asText().equals("Connected"),
              disk(peer.path("disk").asText()),
              replication.startsWith("Sync")));
    }
    return peers;
  }
}
