package io.kneard.ctl.show;

import io.kneard.ctl.api.StateChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A state change in one line. */
public final class EventText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EventText() {}

  /** When, from where to where, why. */
  public static String of(StateChange change, Style style) {
    String move = Plain.line(change.from()) + " -> " + Plain.line(change.to());
    String padding = " ".repeat(Math.max(0, LONGEST_MOVE - move.length()));
    return time(change.at())
        + "  "
        + (change.to().equals("Validating") ? style.good(move) : move)
        + padding
        + "  "
        + Plain.line(change.why());
  }

  private static final int LONGEST_MOVE = "Registering -> Validating".length();

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
