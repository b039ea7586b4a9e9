package io.kneard.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One metric as it appears on the page.
 *
 * @param name exactly as exported; a summary or a histogram is exported as {@code name_count},
 *     {@code name_sum} and so on
 * @param unit of the value, for people
 * @param labels what tells its series apart
 * @param meaning a sentence for people
 */
public record Metric(String name, Type type, String unit, List<Label> labels, String meaning) {

  /** Prometheus' types. */
  public enum Type {
    /** Goes up and down. */
    GAUGE,
    /** Only goes up, from 0 at the start of the daemon. */
    COUNTER,
    /** A count and a sum, with the largest value of the last minutes beside it. */
    SUMMARY,
    /** As a summary, and how many values were at most so and so large. */
    HISTOGRAM
  }

  /**
   * A label.
   *
   * @param values all it can have; empty if they are not known beforehand
   */
  public record Label(String name, List<String> values) {}

  static Metric gauge(String name, String unit, String meaning) {
    return new Metric(name, Type.GAUGE, unit, List.of(), meaning);
  }

  static Metric counter(String name, String unit, String meaning) {
    return new Metric(name, Type.COUNTER, unit, List.of(), meaning);
  }

  static Metric summary(String name, String meaning) {
    return new Metric(name, Type.SUMMARY, "seconds", List.of(), meaning);
  }

  static Metric histogram(String name, String meaning) {
    return new Metric(name, Type.HISTOGRAM, "seconds", List.of(), meaning);
  }

  Metric by(String label, String... values) {
    List<Label> all = new ArrayList<>(labels);
    all.add(new Label(label, List.of(values)));
    return new Metric(name, type, unit, List.copyOf(all), meaning);
  }
}
