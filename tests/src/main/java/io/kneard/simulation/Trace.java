package io.kneard.simulation;

import java.util.ArrayList;
import java.util.List;

/** The time line of a schedule, for people. */
final class Trace {
  private final List<String> lines = new ArrayList<>();

  void say(long now, String where, String text) {
    lines.add("%12s  %-5s  %s".formatted(Times.text(now), where, text));
  }

  List<String> lines() {
    return lines;
  }
}
