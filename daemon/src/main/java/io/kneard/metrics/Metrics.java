package io.kneard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that is counted, and the page. Counting never blocks and never fails; every method may
 * be called from any thread.
 */
public final class Metrics {
  /** The page's media type: the text format that every Prometheus reads. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] RENEWAL_BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2)
  };

  /** A value: what stands at the end of a line. */
  private static final Pattern DECIMAL = Pattern.compile("(?m)(?<= )-?\\d+\\.\\d+(E-?\\d+)?$");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Reading> process;
  private HostView view; // guarded by this: each page shows one moment

  /** Nothing counted yet; what can be counted is there from the beginning, with 0. */
  public Metrics(String version) {
    this.process = ProcessReadings.all(version);
    registry.getPrometheusRegistry().register((MultiCollector) this::read);
    fenceKills();
    Names.RENEWALS.labels().get(0).values().forEach(this::renewals);
    Names.DEMOTIONS.labels().get(0).values().forEach(this::demotions);
    for (String mode : Names.PROMOTIONS.labels().get(0).values()) {
      Names.PROMOTIONS.labels().get(1).values().forEach(outcome -> promotions(mode, outcome));
    }
  }

  /** A move between two states that can happen. */
  public void expectStateChange(String from, String to) {
    stateChanges(from, to);
  }

  /** The state moved. */
  public void stateChanged(String from, String to) {
    stateChanges(from, to).increment();
  }

  /** A renewal of the session ended. */
  public void renewed(String outcome, Duration latency) {
    renewals(outcome).record(latency);
  }

  /** The key is live, or the attempt is over. */
  public void promoted(String mode, String outcome, Duration time) {
    promotions(mode, outcome).record(time);
  }

  /** The key is out. */
  public void demoted(String mode, Duration time) {
    demotions(mode).record(time);
  }

  /** The fence decided to send SIGKILL. */
  public void fenceKilled() {
    fenceKills().increment();
  }

  /** The page, with {@code present} as the present. */
  public synchronized String page(HostView present) {
    view = present;
    return DECIMAL.matcher(registry.scrape()).replaceAll(found -> plain(found.group()));
  }

  /** As the original wrote them, for scripts that read integers: 1, not 1.0, and never 1.2E7. */
  private static String plain(String decimal) {
    return new BigDecimal(decimal).stripTrailingZeros().toPlainString();
  }

  /** Called by the registry in the middle of {@link #page}. */
  private synchronized MetricSnapshots read() {
    return new MetricSnapshots(
        Stream.concat(HostReadings.of(view).stream(), process.stream())
            .map(Reading::snapshot)
            .toList());
  }

  private Counter stateChanges(String from, String to) {
    return counter(Names.STATE_CHANGES, from, to);
  }

  private Counter fenceKills() {
    return counter(Names.FENCE_KILLS);
  }

  private Timer renewals(String outcome) {
    return timer(Names.RENEWALS, outcome)
        .serviceLevelObjectives(RENEWAL_BUCKETS)
        .register(registry);
  }

  private Timer promotions(String mode, String outcome) {
    return timer(Names.PROMOTIONS, mode, outcome).register(registry);
  }

  private Timer demotions(String mode) {
    return timer(Names.DEMOTIONS, mode).register(registry);
  }

  private Counter counter(Metric metric, String... values) {
    return Counter.builder(metric.name())
        .description(metric.meaning())
        .tags(tags(metric, values))
        .register(registry);
  }

  private static Timer.Builder timer(Metric metric, String... values) {
    return Timer.builder(metric.name()).description(metric.meaning()).tags(tags(metric, values));
  }

  private static Tags tags(Metric metric, String... values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(metric.labels().get(i).name(), values[i]);
    }
    return tags;
  }
}
