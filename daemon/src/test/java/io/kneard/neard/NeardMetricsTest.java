package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NeardMetricsTest {
  private static final NeardMetrics METRICS =
      NeardMetrics.parse(
          """
          # HELP near_config_reloads_total Number of times the configuration was reloaded
          # TYPE near_config_reloads_total counter
          near_config_reloads_total 3
          near_block_height_head 1.2e+08 1700000000000
          near_validators_blocks_produced{account_id="pool.near"} 17
          near_validators_blocks_produced{account_id="other.near",epoch="x"} 4
          near_odd{text="a \\"quoted\\" one} {"} 5
          near_infinite +Inf
          this is no sample
          """);

  @Test
  void samplesAreFoundByName() {
    assertThat(METRICS.value("near_config_reloads_total")).hasValue(3);
    assertThat(METRICS.value("near_block_height_head")).hasValue(120_000_000);
  }

  @Test
  void samplesAreFoundByOneOfTheirLabels() {
    String name = "near_validators_blocks_produced";
    assertThat(METRICS.value(name, "account_id", "pool.near")).hasValue(17);
    assertThat(METRICS.value(name, "epoch", "x")).hasValue(4);
    assertThat(METRICS.value("near_odd", "text", "a \\\"quoted\\\" one} {")).hasValue(5);
  }

  @Test
  void whatIsNotThereOrNotReadableIsAbsent() {
    assertThat(METRICS.value("near_validators_blocks_produced")).isEqualTo(OptionalDouble.empty());
    assertThat(METRICS.value("near_infinite")).isEmpty();
    assertThat(METRICS.value("this")).isEmpty();
    assertThat(NeardMetrics.parse("").value("x")).isEmpty();
  }
}
