package io.kneard.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times in which no process had the key, as a ledger shows them: from the last line of one that
 * had it to the next that takes it.
 *
 * @param all in order
 */
record Gaps(List<Gap> all) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^clock=(\\d+) \\S+ \\S+ \\S+ kind=(sign\\S*) ");
  private static final int[] SECONDS = {1, 2, 5, 10, 20, 30, 60};

  /** One of them, in milliseconds of the machine's uptime. */
  record Gap(long from, long to) {
    double seconds() {
      return (to - from) / 1000.0;
    }
  }

  Gaps {
    all = List.copyOf(all);
  }

  static Gaps of(String ledger) {
    List<Gap> gaps = new ArrayList<>();
    long last = -1;
    for (Matcher m = LINE.matcher(ledger); m.find(); ) {
      long clock = Long.parseLong(m.group(1));
      if (last >= 0 && clock > last && m.group(2).equals("sign-start")) {
        gaps.add(new Gap(last, clock));
      }
      last = Math.max(last, clock);
    }
    return new Gaps(gaps);
  }

  int count() {
    return all.size();
  }

  double worstSeconds() {
    return all.stream().mapToDouble(Gap::seconds).max().orElse(0);
  }

  /** Those that were longer than that. */
  List<Gap> longerThan(double seconds) {
    return all.stream().filter(gap -> gap.seconds() > seconds).toList();
  }

  /** How many were how long, a line each. */
  String histogram() {
    StringBuilder text = new StringBuilder();
    long below = 0;
    for (int limit : SECONDS) {
      long upTo = all.stream().filter(gap -> gap.seconds() <= limit).count();
      text.append(String.format(Locale.ROOT, "gaps up to %3d s: %d%n", limit, upTo - below));
      below = upTo;
    }
    return text.append("gaps above ")
        .append(SECONDS[SECONDS.length - 1])
        .append(" s: ")
        .append(all.size() - below)
        .append(System.lineSeparator())
        .toString();
  }
}
