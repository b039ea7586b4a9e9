package io.kneard.datamesh.control;

import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Report;
import java.util.Optional;

/**
 * A host may be wrong, or restored from a copy: what it reports is believed within limits. Pure.
 */
final class Credible {
  private Credible() {}

  /**
   * The report, or nothing: a revision that was never published confirms nothing, and says nothing
   * of how the replica is set up either.
   */
  static Optional<Report> report(Report said, Mesh published) {
    return refusal(said, published).isEmpty() ? Optional.of(said) : Optional.empty();
  }

  /** Why a report does not count, in words. */
  static Optional<String> refusal(Report said, Mesh published) {
    return said.revision() < 0 || said.revision() > published.revision()
        ? Optional.of(
            "reports revision %d, and the last one published is %d: its report does not count"
                .formatted(said.revision(), published.revision()))
        : Optional.empty();
  }

  /**
   * Why a report is not taken in place of the one before; an older revision cannot be applied once
   * more, because its view may be forgotten. Revision 0, set up as no member, always can.
   */
  static Optional<String> goesBack(Report said, Optional<Report> before) {
    return before
        .filter(last -> said.revision() != 0 && said.revision() < last.revision())
        .map(
            last ->
                "reported revision %d after %d: the older report is not taken"
                    .formatted(said.revision(), last.revision()));
  }
}
