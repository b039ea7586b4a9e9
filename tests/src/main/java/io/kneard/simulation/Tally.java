package io.kneard.simulation;

/** What many schedules came to. One thread counts; then the tallies are added up. */
final class Tally {
  private int schedules;
  private int violations;
  private int withOverlap;
  private Overlaps overlaps = Overlaps.NONE;
  private Overlaps suspended = Overlaps.NONE;
  private Overlaps frozen = Overlaps.NONE;
  private long recovery;
  private long events;
  private Schedule first;

  void add(Schedule schedule, Outcome outcome) {
    schedules++;
    events += outcome.events();
    overlaps = overlaps.and(outcome.overlaps());
    suspended = suspended.and(outcome.suspended());
    frozen = frozen.and(outcome.frozen());
    recovery = Math.max(recovery, outcome.recovery());
    withOverlap += outcome.overlaps().count() > 0 ? 1 : 0;
    if (!outcome.clean()) {
      violations++;
      keepFirst(schedule);
    }
  }

  void add(Tally other) {
    schedules += other.schedules;
    violations += other.violations;
    withOverlap += other.withOverlap;
    overlaps = overlaps.and(other.overlaps);
    suspended = suspended.and(other.suspended);
    frozen = frozen.and(other.frozen);
    recovery = Math.max(recovery, other.recovery);
    events += other.events;
    if (other.first != null) {
      keepFirst(other.first);
    }
  }

  private void keepFirst(Schedule schedule) {
    if (first == null || schedule.seed() < first.seed()) {
      first = schedule;
    }
  }

  int schedules() {
    return schedules;
  }

  int violations() {
    return violations;
  }

  /** The failed one with the smallest seed; null if none failed. */
  Schedule first() {
    return first;
  }

  /** What was seen besides violations, for people. */
  String text() {
    return """
        events in a schedule: %,d
        last fault healed until somebody signs for good, longest: %s
        two signers, no excuse: %s%s
        two signers, host suspended together with its fence: %s
        two signers, fence frozen and its daemon frozen or dead: %s
        """
        .formatted(
            events / Math.max(schedules, 1),
            Times.text(recovery),
            overlaps.text(),
            withOverlap == 0
                ? ""
                : ", in %.2f %% of the schedules".formatted(100.0 * withOverlap / schedules),
            suspended.text(),
            frozen.text());
  }
}
