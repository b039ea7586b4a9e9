package io.kneard.simulation;

/**
 * What became of a schedule.
 *
 * @param violated the property that did not hold first; null if all did
 * @param where the host concerned; null for none
 * @param detail in words
 * @param overlaps how often two signed at once
 * @param overlap for how long in all, in nanoseconds
 * @param longest the longest overlap
 * @param excused how often two signed at once because nobody on a host could see or act
 * @param longestExcused the longest of those
 * @param recovery from the last fault's end until somebody signs
 * @param events how many
 * @param hash two runs of a schedule that are equal have equal ones
 */
record Outcome(
    Property violated,
    String where,
    String detail,
    int overlaps,
    long overlap,
    long longest,
    int excused,
    long longestExcused,
    long recovery,
    long events,
    long hash) {

  boolean clean() {
    return violated == null;
  }
}
