package io.kneard.datamesh.control;

import io.kneard.datamesh.intent.Place;
import java.util.Map;
import java.util.Optional;

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

  /** What this replica has said last. */
  public Optional<Said> said(Place place) {
    return Optional.ofNullable(document.disks().get(place.replica()))
        .map(disk -> reports.get(disk.deviceId()));
  }

  /** Whether nothing of this replica remains on its host, by the host's word. */
  boolean gone(Place place) {
    return said(place).filter(said -> said.gone() && said.report().revision() == 0).isPresent();
  }

  Stored with(VolumeDocument now) {
    return new Stored(name, now, changed, reports);
  }
}
