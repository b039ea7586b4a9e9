package io.kneard.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and its unit. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

  private Durations() {}

  /** Reads {@code 500ms}, {@code 20s}, {@code 2m} or {@code 1h}; empty for anything else. */
  public static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(form.group(1));
    return Optional.of(
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  /** In seconds where that is exact, else in milliseconds: what {@link #parse} reads back. */
  public static String show(Duration duration) {
    boolean exact = duration.toMillisPart() == 0;
    return exact ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
