package io.kneard.datamesh.plan;

import io.kneard.datamesh.Founder;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the first members can be brought together. */
final class FormationGuards {
  private FormationGuards() {}

  static Optional<String> foundersReady(Situation s) {
    List<Founder> founders = s.picture().founders();
    if (founders.stream().noneMatch(founder -> founder.type() == MemberType.DISKFUL)) {
      return Optional.of("no founder is Diskful");
    }
    Set<String> nodes = new HashSet<>();
    for (Founder founder : founders) {
      Situation own =
          new Situation(
              s.picture(),
              s.mesh(),
              s.active(),
              founder.replica(),
              Optional.of(founder.type()),
              founder.pool(),
              s.givenUp());
      Optional<String> why = notReady(own, nodes);
      if (why.isPresent()) {
        return Optional.of("founder #%d: %s".formatted(founder.replica(), why.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> notReady(Situation s, Set<String> nodes) {
    return JoiningGuards.hostEligible(s)
        .or(() -> JoiningGuards.addressesKnown(s))
        .or(
            () ->
                LeavingGuards.when(
                    !nodes.add(s.node().orElseThrow()), "another founder is on its node"))
        .or(
            () ->
                LeavingGuards.when(
                    s.report().map(Report::revision).orElse(0L) > 0,
                    "is still set up as a member of an earlier attempt"));
  }
}
