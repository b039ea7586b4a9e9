package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.neard.PlannedStop.Form;
import io.kneard.neard.PlannedStop.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlannedStopTest {
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private final List<String> told = new ArrayList<>();
  private final List<String> metrics = new ArrayList<>();
  private final Scripted neard = new Scripted();
  private final PlannedStop stop = new PlannedStop(neard, PATIENCE);

  /** Answers one text after the other, the last one for ever. */
  private final class Scripted implements PlannedStop.Neard {
    @Override
    public NeardMetrics metrics() throws IOException {
      String text = metrics.size() > 1 ? metrics.remove(0) : metrics.get(0);
      if (text.startsWith("!")) {
        throw new IOException(text.substring(1));
      }
      return NeardMetrics.parse(text);
    }

    @Override
    public void expectShutdown(Form form, long height, BooleanSupplier wanted) {
      told.add(form + " " + height);
    }

    @Override
    public void forgetShutdown(BooleanSupplier wanted) {
      told.add("forget");
    }
  }

  @Test
  void aReloadThatIsCountedConfirmsTheHeight() throws Exception {
    answers("near_config_reloads_total 4", "near_config_reloads_total 4", "!busy", reloads(5));
    assertThat(stop.set(77, () -> true)).isEqualTo(new Outcome.Confirmed());
    assertThat(told).containsExactly("CONFIG 77");
  }

  @Test
  void aReloadThatIsNotCountedConfirmsNothing() throws Exception {
    answers(reloads(4));
    assertThat(stop.set(77, () -> true))
        .isEqualTo(new Outcome.Unconfirmed("neard has not applied a reload within 0.9 s"));
  }

  @Test
  void silenceConfirmsNothingAndIsToldAsSuch() throws Exception {
    answers(reloads(4), "!/metrics did not answer within 2000 ms");
    assertThat(stop.set(77, () -> true))
        .isEqualTo(new Outcome.Unconfirmed("/metrics did not answer within 2000 ms"));
  }

  @Test
  void aNeardThatWasStartedAnewConfirmsNothing() throws Exception {
    answers(reloads(4), reloads(1));
    assertThat(stop.set(77, () -> true)).isInstanceOf(Outcome.Unconfirmed.class);
  }

  @Test
  void aBuildThatShowsItsHeightConfirmsByIt() throws Exception {
    answers("near_block_expected_shutdown 0", "near_block_expected_shutdown 77");
    assertThat(stop.set(77, () -> true)).isEqualTo(new Outcome.Confirmed());
  }

  @Test
  void aBuildWithoutTheCurrentCounterIsAnOldOne() throws Exception {
    answers("near_is_validator 1", "near_dynamic_config_changes 1");
    assertThat(stop.set(77, () -> true)).isEqualTo(new Outcome.Confirmed());
    assertThat(told).containsExactly("DYN_CONFIG 77");
  }

  @Test
  void theWaitingEndsWhenTheHeightIsNotWantedAnyMore() throws Exception {
    answers(reloads(4));
    long start = System.nanoTime();
    PlannedStop patient = new PlannedStop(neard, Duration.ofHours(1));
    assertThat(patient.set(77, () -> false)).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aNeardWhoseMetricsAreSilentIsNotToldAHeight() {
    answers("!/metrics answered HTTP 503");
    assertThatThrownBy(() -> stop.set(77, () -> true)).hasMessage("/metrics answered HTTP 503");
    assertThat(told).isEmpty();
  }

  @Test
  void theHeightIsTakenBackFromASilentNeardToo() throws Exception {
    answers("!/metrics answered HTTP 503");
    assertThat(stop.clear(() -> true))
        .isEqualTo(new Outcome.Unconfirmed("/metrics answered HTTP 503"));
    assertThat(told).containsExactly("forget");
    answers(reloads(5), reloads(6));
    assertThat(stop.clear(() -> true)).isEqualTo(new Outcome.Confirmed());
  }

  private void answers(String... texts) {
    metrics.clear();
    metrics.addAll(List.of(texts));
  }

  private static String reloads(int count) {
    return "near_config_reloads_total " + count;
  }
}
