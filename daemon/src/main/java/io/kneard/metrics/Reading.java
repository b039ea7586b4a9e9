package io.kneard.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Consumer;

/**
 * A metric that is not counted but read, at each scrape.
 *
 * @param read hands all samples to the sink; none, and the metric is absent
 */
record Reading(Metric metric, Consumer<Sink> read) {

  /** Takes the samples of one metric. */
  interface Sink {
    /**
     * One sample.
     *
     * @param labelValues one for each label of the metric, in its order
     */
    void add(double value, String... labelValues);

    default void add(long value, String... labelValues) {
      add((double) value, labelValues);
    }

    default void add(boolean value) {
      add(value ? 1 : 0);
    }
  }

  /** The metric as it is now. */
  MetricSnapshot snapshot() {
    return switch (metric.type()) {
      case GAUGE -> gauge();
      case COUNTER -> counter();
      case SUMMARY, HISTOGRAM ->
          throw new IllegalStateException(metric.name() + " is counted, not read");
    };
  }

  private MetricSnapshot gauge() {
    GaugeSnapshot.Builder builder =
        GaugeSnapshot.builder().name(metric.name()).help(metric.meaning());
    read.accept(
        (value, labels) ->
            builder.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value(value)
                    .labels(labels(labels))
                    .build()));
    return builder.build();
  }

  private MetricSnapshot counter() {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder()
            .name(metric.name().replaceFirst("_total$", ""))
            .help(metric.meaning());
    read.accept(
        (value, labels) ->
            builder.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value(value)
                    .labels(labels(labels))
                    .build()));
    return builder.build();
  }

  private Labels labels(String... values) {
    List<String> names = metric.labels().stream().map(Metric.Label::name).toList();
    return Labels.of(names, List.of(values));
  }
}
