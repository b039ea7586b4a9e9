package io.kneard.datamesh.control;

import java.util.Map;

/**
 * A volume and what its replicas report, as they stood in the database at one moment.
 *
 * @param changed the number of the last change of any of it; a write is conditional on it
 * @param reports by the device id of the replica; none for one that has never said anything
 */
public record Stored(
    String name, VolumeDocument document, long changed, Map<String, Said> reports) {
  public Stored {
    reports = Map.copyOf(reports);
  }

  /** Whether nothing of this replica remains on its host, by the host's word. */
  boolean gone(ReplicaDocument replica) {
    Said said = reports.get(replica.deviceId());
    return said != null && said.gone() && said.report().revision() == 0;
  }
}
