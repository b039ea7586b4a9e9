package io.kneard.ctl.show;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time and spans as people read them. */
final class Times {
  private Times() {}

  /** UTC to the second, and how long ago. */
  static String since(Instant at, Instant now) {
    return utc(at) + ", " + span(Duration.between(at, now)) + " ago";
  }

  static String utc(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /** The two largest units; a negative span, from a clock that was set back, is none. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
