package io.kneard.simulation;

/**
 * What became of a schedule.
 *
 * @param violated the property that did not hold first; null if all did
 * @param detail in words
 * @param overlaps those that are the daemon's fault
 * @param suspended those after a host was suspended together with its fence
 * @param frozen those while a fence was frozen and its daemon frozen or dead
 * @param recovery from the last fault's end until somebody signed for good; -1 if nobody did
 * @param events how many
 * @param hash two runs of a schedule that are equal have equal ones
 */
record Outcome(
    Property violated,
    String detail,
    Overlaps overlaps,
    Overlaps suspended,
    Overlaps frozen,
    long recovery,
    long events,
    long hash) {

  boolean clean() {
    return violated == null;
  }
}
