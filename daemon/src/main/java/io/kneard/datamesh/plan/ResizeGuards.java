package io.kneard.datamesh.plan;

import static io.kneard.datamesh.plan.LeavingGuards.when;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Report;
import java.util.Optional;

/** Whether the volume may grow. */
final class ResizeGuards {
  private ResizeGuards() {}

  static Optional<String> diskfulReady(Situation s) {
    boolean ready =
        s.mesh().where(member -> member.type() == MemberType.DISKFUL).stream()
            .anyMatch(member -> s.facts().live(member.id()).filter(Report::ready).isPresent());
    return when(!ready, "no ready diskful member");
  }

  static Optional<String> noResync(Situation s) {
    return s.mesh().where(member -> member.type().diskAttached()).stream()
        .map(member -> resync(s, member))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> resync(Situation s, Member member) {
    return s.report(member.id())
        .flatMap(report -> report.peers().stream().filter(PeerReport::syncing).findFirst())
        .map(peer -> "resync between #%d and #%d".formatted(member.id(), peer.id()));
  }

  static Optional<String> backingGrown(Situation s) {
    long needed = BackingSize.needed(s.picture().volume().wantedSize());
    return s.mesh().where(member -> member.type().backed()).stream()
        .map(member -> tooSmall(member, s.report(member.id()), needed))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> tooSmall(Member member, Optional<Report> report, long needed) {
    Optional<Long> size = report.flatMap(Report::backingSize);
    if (size.isEmpty()) {
      return Optional.of("size of the backing volume of #%d not yet known".formatted(member.id()));
    }
    return when(
        size.get() < needed,
        "backing volume of #%d is %d bytes, need %d".formatted(member.id(), size.get(), needed));
  }
}
