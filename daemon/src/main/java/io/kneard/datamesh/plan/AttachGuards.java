package io.kneard.datamesh.plan;

import static io.kneard.datamesh.plan.LeavingGuards.when;

import io.kneard.datamesh.Host;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.VolumeAccess;
import java.util.Optional;

/** Whether the volume may be used on one node, or no longer. */
final class AttachGuards {
  private AttachGuards() {}

  static Optional<String> hostOperational(Situation s) {
    Optional<String> notEligible = JoiningGuards.hostEligible(s);
    if (notEligible.isPresent()) {
      return notEligible;
    }
    Host host = s.host().orElseThrow();
    if (!host.ready()) {
      return Optional.of("node is not ready");
    }
    return when(!host.agentReady(), "agent is not ready on node");
  }

  static Optional<String> replicaReady(Situation s) {
    Optional<Report> report = s.facts().live(s.subject());
    if (report.isEmpty()) {
      return Optional.of("waiting for the replica to report");
    }
    String why = report.get().problem().map(problem -> ": " + problem).orElse("");
    return when(!report.get().ready(), "waiting for the replica to become ready" + why);
  }

  static Optional<String> isMember(Situation s) {
    return when(s.member().isEmpty(), "waiting for replica #%d to join".formatted(s.subject()));
  }

  static Optional<String> settledMember(Situation s) {
    boolean changing =
        s.active().stream().anyMatch(t -> t.concerns(s.subject()) && t.group().membership());
    return when(changing, "waiting for membership transition to complete");
  }

  static Optional<String> quorum(Situation s) {
    boolean quorum = s.report().filter(Report::hasQuorum).isPresent();
    return when(!quorum, "no quorum on #" + s.subject());
  }

  static Optional<String> slotFree(Situation s) {
    int taken = s.potentiallyAttached().size();
    int slots = s.configuration().maxAttachments();
    return when(
        taken >= slots, "waiting for attachment slot (%d/%d occupied)".formatted(taken, slots));
  }

  static Optional<String> localAccess(Situation s) {
    boolean local = s.configuration().volumeAccess() == VolumeAccess.LOCAL;
    boolean data = s.member().map(Member::type).filter(type -> type.backed()).isPresent();
    return when(local && !data, "volumeAccess=Local and no Diskful member on this node");
  }

  static Optional<String> notInUse(Situation s) {
    return when(s.report().filter(Report::inUse).isPresent(), "device is in use");
  }

  static Optional<String> severalAllowed(Situation s) {
    return when(
        s.configuration().maxAttachments() < 2,
        "max attachments = %d".formatted(s.configuration().maxAttachments()));
  }

  static Optional<String> oneAttachedAtMost(Situation s) {
    int attached = s.potentiallyAttached().size();
    return when(attached > 1, "%d members are attached".formatted(attached));
  }
}
