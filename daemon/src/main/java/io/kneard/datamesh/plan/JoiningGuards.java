package io.kneard.datamesh.plan;

import static io.kneard.datamesh.plan.LeavingGuards.when;

import io.kneard.datamesh.Report;
import io.kneard.datamesh.VolumeAccess;
import java.util.Optional;

/** Whether a replica may become a member, or a member of another type. */
final class JoiningGuards {
  private JoiningGuards() {}

  static Optional<String> notDeleting(Situation s) {
    return when(s.picture().volume().deleting(), "volume is being deleted");
  }

  static Optional<String> hostEligible(Situation s) {
    if (s.host().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        s.node()
            .map(node -> "node " + node + " is not eligible for this volume")
            .orElse("there is no replica #" + s.subject()));
  }

  static Optional<String> nodeFree(Situation s) {
    return s.node()
        .flatMap(s.mesh()::on)
        .filter(member -> member.id() != s.subject())
        .map(
            member ->
                "%s member #%d already present on node %s"
                    .formatted(member.type().title(), member.id(), member.node()));
  }

  static Optional<String> addressesKnown(Situation s) {
    boolean known = s.report().map(Report::addresses).filter(a -> !a.isEmpty()).isPresent();
    return when(!known, "waiting for the replica's addresses");
  }

  static Optional<String> accessAllowed(Situation s) {
    return when(
        s.configuration().volumeAccess() == VolumeAccess.LOCAL,
        "volumeAccess=Local allows no Access member");
  }

  static Optional<String> shadowsSupported(Situation s) {
    boolean supported = s.node().filter(s.facts()::shadowsSupported).isPresent();
    return when(
        !supported, "ShadowDiskful needs DRBD with the disk option non-voting on every host");
  }
}
