package io.kneard.simulation;

/**
 * One thing that goes wrong in a schedule.
 *
 * @param host where; {@link #HERE} for the host that reaches the point
 * @param point what sets it off; null for a time
 * @param where on which host the point has to be reached; {@link #ANYWHERE}
 * @param occurrence at the how many-th time the point is reached
 * @param at when, or how long after the point
 * @param length for how long, if it lasts
 * @param extra by how much, if the kind has a measure
 */
record Fault(
    FaultKind kind,
    int host,
    Point point,
    int where,
    int occurrence,
    long at,
    long length,
    long extra) {
  static final int HERE = -1;
  static final int ANYWHERE = -1;

  String text() {
    String when =
        point == null
            ? "at " + Times.text(at)
            : "%s after, for the %d. time%s, %s"
                .formatted(
                    Times.text(at),
                    occurrence,
                    where == ANYWHERE ? "" : " on n" + (where + 1),
                    point.text);
    String place = host == HERE ? "there" : "n" + (host + 1);
    String span = kind.lasts ? ", for " + Times.text(length) : "";
    return "%s, %s: %s%s".formatted(when, place, kind.text, span);
  }
}
