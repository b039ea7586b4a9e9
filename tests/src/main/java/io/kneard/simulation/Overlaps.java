package io.kneard.simulation;

/**
 * How often two signed at once.
 *
 * @param count how often
 * @param total for how long in all, in nanoseconds
 * @param longest the longest
 */
record Overlaps(int count, long total, long longest) {
  static final Overlaps NONE = new Overlaps(0, 0, 0);

  Overlaps and(long length) {
    return new Overlaps(count + 1, total + length, Math.max(longest, length));
  }

  Overlaps and(Overlaps more) {
    return new Overlaps(count + more.count, total + more.total, Math.max(longest, more.longest));
  }

  String text() {
    return count == 0
        ? "0"
        : "%d, mean %s, longest %s"
            .formatted(count, Times.text(total / count), Times.text(longest));
  }
}
