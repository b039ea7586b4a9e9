package io.kneard.neard;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of neard's {@code /metrics}, in Prometheus' text format. What cannot be read is left out:
 * neard's versions differ in what they export, and no decision about a key hangs on it.
 */
public final class NeardMetrics {
  private static final Pattern SAMPLE =
      Pattern.compile("([A-Za-z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?\\s*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, Double> samples;

  private NeardMetrics(Map<String, Double> samples) {
    this.samples = samples;
  }

  /** Reads the text; lines that are no samples count as absent. */
  public static NeardMetrics parse(String text) {
    Map<String, Double> samples = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(sample -> read(sample, samples));
    return new NeardMetrics(samples);
  }

  private static void read(Matcher sample, Map<String, Double> samples) {
    double value;
    try {
      value = Double.parseDouble(sample.group(3));
    } catch (NumberFormatException e) {
      return; // "+Inf" too: no count or height is infinite
    }
    if (sample.group(2) == null) {
      samples.put(sample.group(1), value);
      return;
    }
    Matcher label = LABEL.matcher(sample.group(2));
    while (label.find()) {
      samples.put(key(sample.group(1), label.group(1), label.group(2)), value);
    }
  }

  /** The sample of that name without labels. */
  public OptionalDouble value(String name) {
    return find(name);
  }

  /** The sample of that name with that label, whatever other labels it has. */
  public OptionalDouble value(String name, String label, String labelValue) {
    return find(key(name, label, labelValue));
  }

  private OptionalDouble find(String key) {
    Double value = samples.get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String key(String name, String label, String value) {
    return name + '{' + label + '=' + value;
  }
}
