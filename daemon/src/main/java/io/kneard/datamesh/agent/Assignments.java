package io.kneard.datamesh.agent;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.datamesh.control.Placed;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.datamesh.intent.Place;
import io.kneard.drbd.Assignment;
import java.util.List;

/** From what the database wants of a replica to what the host's DRBD agent is told. Pure. */
final class Assignments {
  private Assignments() {}

  static Assignment of(Placed placed, Equipment equipment, List<Network> networks) {
    VolumeDocument document = placed.document();
    Place place = placed.place();
    return new Assignment(
        placed.volume(),
        equipment.firstMinor() + document.number(),
        document.disk(place).deviceId(),
        place.pool(),
        zeroed(document),
        document.volume().wantedSize(),
        LocalResource.of(document.volume().mesh(), place.replica()),
        document.leaving().contains(place.replica()) || document.volume().deleting(),
        placed.said().map(said -> said.report().revision()).orElse(0L),
        addresses(networks, equipment.firstPort() + document.number()));
  }

  /** Only if all disks are empty alike, none has to be copied at first. */
  private static boolean zeroed(VolumeDocument document) {
    return document.places().stream()
        .filter(place -> place.type().backed() && !document.leaving().contains(place.replica()))
        .allMatch(place -> document.disk(place).zeroed());
  }

  private static List<Address> addresses(List<Network> networks, int port) {
    return networks.stream().map(network -> network.at(port)).toList();
  }
}
