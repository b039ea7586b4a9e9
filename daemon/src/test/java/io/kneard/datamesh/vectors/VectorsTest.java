package io.kneard.datamesh.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a production implementation of the same design decided, and what is decided here. */
class VectorsTest {
  private static Comparison comparison;

  @BeforeAll
  static void decideAgain() {
    comparison = Comparison.ofAll();
  }

  @Test
  void everyRecordedDecisionIsTakenHereTooOrDiffersForAListedReason() {
    assertThat(comparison.unexplained).isEmpty();
    assertThat(comparison.total()).isGreaterThan(26_000);
  }

  @Test
  void mostAreTheSame() {
    assertThat(comparison.equal).isGreaterThan(comparison.total() * 8 / 10);
  }

  @Test
  void noReasonIsListedThatIsNotNeeded() {
    assertThat(comparison.differences.keySet()).containsExactlyInAnyOrder(Difference.values());
  }
}
