package io.kneard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");

  private final Metrics metrics = new Metrics("1.2.3");

  @Test
  void theNamesOfTheOriginalAreOnThePageAsItWroteThem() {
    assertThat(metrics.page(Views.signing()))
        .contains(
            """
            kuutamod_state{type="Registering"} 0
            kuutamod_state{type="Shutdown"} 0
            kuutamod_state{type="Startup"} 0
            kuutamod_state{type="Syncing"} 0
            kuutamod_state{type="Validating"} 1
            kuutamod_state{type="Voting"} 0
            """,
            "\nkuutamod_neard_restarts 1\n",
            "\nkuutamod_uptime 12345678\n");
  }

  @Test
  void numbersAreWrittenOutInFull() {
    assertThat(metrics.page(Views.signing()))
        .contains("\nkneard_neard_height 123456789\n", "\nkneard_signing_deadline_seconds 20.25\n")
        .doesNotContainPattern("(?m) \\S*E\\S*$");
  }

  @Test
  void everyMetricOfTheTableIsOnThePageWithItsTypeAndNothingElseIs() {
    metrics.expectStateChange("Startup", "Syncing");
    Map<String, String> wanted = new TreeMap<>();
    for (Metric each : Names.ALL) {
      wanted.put(each.name(), each.type().name().toLowerCase(Locale.ROOT));
      if (each.type() == Metric.Type.SUMMARY || each.type() == Metric.Type.HISTOGRAM) {
        wanted.put(each.name() + "_max", "gauge");
      }
    }
    Map<String, String> seen = new TreeMap<>();
    for (Matcher m = TYPE.matcher(metrics.page(Views.signing())); m.find(); ) {
      seen.put(m.group(1), m.group(2));
    }
    assertThat(seen).isEqualTo(wanted);
  }

  @Test
  void everySampleHasTheLabelsOfTheTableAndValuesItKnows() {
    metrics.expectStateChange("Startup", "Syncing");
    for (Matcher m = SAMPLE.matcher(metrics.page(Views.signing())); m.find(); ) {
      String family = m.group(1).replaceFirst("_(bucket|count|sum|max)$", "");
      Metric metric =
          Names.ALL.stream()
              .filter(each -> each.name().equals(family) || each.name().equals(m.group(1)))
              .findFirst()
              .orElseThrow();
      Map<String, String> labels = labels(m.group(2));
      labels.remove("le");
      assertThat(labels.keySet()).as(m.group()).isEqualTo(Map.copyOf(valuesOf(metric)).keySet());
      valuesOf(metric)
          .forEach(
              (name, known) -> {
                if (!known.isEmpty()) {
                  assertThat(known).as(m.group()).contains(labels.get(name));
                }
              });
    }
  }

  private static Map<String, List<String>> valuesOf(Metric metric) {
    Map<String, List<String>> values = new TreeMap<>();
    metric.labels().forEach(label -> values.put(label.name(), label.values()));
    return values;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      for (Matcher m = Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(text); m.find(); ) {
        labels.put(m.group(1), m.group(2));
      }
    }
    return labels;
  }

  @Test
  void whatIsNotKnownIsAbsentRatherThanOldOrZero() {
    metrics.page(Views.signing());
    assertThat(names(metrics.page(Views.starting())))
        .doesNotContain(
            "kneard_lock_epoch",
            "kneard_lock_reachable",
            "kneard_signing_deadline_seconds",
            "kneard_neard_height",
            "kneard_neard_syncing",
            "kneard_duties_produced",
            "kneard_duties_expected",
            "kneard_duties_ratio")
        .contains("kneard_neard_reachable", "kneard_lock_held");
  }

  private static List<String> names(String page) {
    List<String> names = new ArrayList<>();
    for (Matcher m = SAMPLE.matcher(page); m.find(); ) {
      names.add(m.group(1));
    }
    return names;
  }

  @Test
  void theRatioIsThatOfEachKindAndAbsentWithoutDuties() {
    assertThat(metrics.page(Views.signing()))
        .contains("kneard_duties_ratio{kind=\"blocks\"} 0.9\n")
        .contains("kneard_duties_ratio{kind=\"chunks\"} 0.75\n");
    Duties.Share unknown = new Duties.Share(OptionalDouble.empty(), OptionalDouble.empty());
    assertThat(metrics.page(Views.withDuties(new Duties(Views.share(0, 0), unknown))))
        .contains("kneard_duties_expected{kind=\"blocks\"} 0\n")
        .doesNotContain("kind=\"chunks\"", "kneard_duties_ratio");
  }

  @Test
  void whatCanBeCountedIsThereFromTheBeginningSoThatTheFirstTimeIsSeen() {
    metrics.expectStateChange("Voting", "Validating");
    assertThat(metrics.page(Views.starting()))
        .contains(
            "kneard_state_changes_total{from=\"Voting\",to=\"Validating\"} 0\n",
            "kneard_fence_kills_total 0\n",
            "kneard_lock_renewal_seconds_count{outcome=\"unreachable\"} 0\n",
            "kneard_promotion_seconds_count{mode=\"hot\",outcome=\"failed\"} 0\n",
            "kneard_demotion_seconds_count{mode=\"stop\"} 0\n");
  }

  @Test
  void whatHappensIsCountedAndTimed() {
    metrics.stateChanged("Voting", "Validating");
    metrics.fenceKilled();
    metrics.fenceKilled();
    metrics.renewed("renewed", Duration.ofMillis(20));
    metrics.renewed("renewed", Duration.ofMillis(40));
    metrics.promoted("hot", "live", Duration.ofMillis(250));
    metrics.demoted("stop", Duration.ofSeconds(3));
    assertThat(metrics.page(Views.signing()))
        .contains(
            "kneard_state_changes_total{from=\"Voting\",to=\"Validating\"} 1\n",
            "kneard_fence_kills_total 2\n",
            "kneard_lock_renewal_seconds_bucket{outcome=\"renewed\",le=\"0.01\"} 0\n",
            "kneard_lock_renewal_seconds_bucket{outcome=\"renewed\",le=\"0.05\"} 2\n",
            "kneard_lock_renewal_seconds_sum{outcome=\"renewed\"} 0.06\n",
            "kneard_promotion_seconds_sum{mode=\"hot\",outcome=\"live\"} 0.25\n",
            "kneard_demotion_seconds_count{mode=\"stop\"} 1\n",
            "kneard_demotion_seconds_max{mode=\"stop\"} 3\n");
  }

  @Test
  void theProcessShowsItsVersionAndItsMemory() {
    assertThat(metrics.page(Views.signing()))
        .containsPattern("kneard_build_info\\{java=\"[^\"]+\",version=\"1.2.3\"} 1\n")
        .containsPattern("\nprocess_resident_memory_bytes \\d{7,}\n")
        .containsPattern("\njvm_memory_used_bytes\\{area=\"heap\"} \\d{6,}\n");
  }
}
