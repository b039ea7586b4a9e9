package io.kneard.ctl;

import io.kneard.ctl.PlanWatch.Verdict;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.show.ProgressLine;
import java.time.Duration;
import java.util.Locale;

/** Looks at a plan again and again until it has ended, and shows where it stands. */
final class MaintenanceWait {
  /** A little more than the longest window of an epoch may be away. */
  static final Duration USUAL_LIMIT = Duration.ofHours(2);

  /** From here on the stop is near, and looked for more often: it can be a short one. */
  private static final long NEAR_BLOCKS = 10;

  private static final int NEAR_LOOKS_PER_TICK = 5;

  /** How long a daemon may be busy or silent in a row before it counts as lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * How it ended.
   *
   * @param last what was last known of the plan
   */
  record Outcome(ExitCode code, String message, MaintenanceReport last) {}

  private final ControlClient client;
  private final Surroundings around;
  private final ProgressLine progress;
  private final Duration limit;

  MaintenanceWait(ControlClient client, Surroundings around, boolean quiet, Duration limit) {
    this.client = client;
    this.around = around;
    this.progress = new ProgressLine(quiet ? null : around.out(), around.terminal());
    this.limit = limit;
  }

  Outcome run(MaintenanceReport planned, boolean thenStop)
      throws ControlException, InterruptedException {
    Thread farewell = new Thread(() -> sayThatThePlanStays(planned));
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      return watch(planned, new PlanWatch(planned, thenStop));
    } finally {
      progress.end();
      forget(farewell);
    }
  }

  private Outcome watch(MaintenanceReport planned, PlanWatch plan)
      throws ControlException, InterruptedException {
    long start = System.nanoTime();
    long answered = start;
    MaintenanceReport last = planned;
    Verdict verdict = plan.seen(planned);
    while (verdict instanceof Verdict.GoOn going) {
      progress.show(going.line());
      long left = limit.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return new Outcome(ExitCode.TIMED_OUT, timedOut(), last);
      }
      Thread.sleep(Math.min(pause(last).toMillis(), left / 1_000_000 + 1));
      try {
        last = client.maintenance();
        answered = System.nanoTime();
        verdict = plan.seen(last);
      } catch (DaemonUnreachable gone) {
        verdict = plan.gone(gone);
        if (verdict instanceof Verdict.Ended ended && ended.code() == ExitCode.OK) {
          last = done(last, ended.message());
        }
      } catch (ControlException e) {
        boolean mayPass =
            switch (ExitCode.of(e)) {
              case UNREACHABLE, TIMED_OUT, UPSTREAM -> true;
              default -> false;
            };
        if (!mayPass || System.nanoTime() - answered >= PATIENCE.toNanos()) {
          throw e;
        }
      }
    }
    Verdict.Ended ended = (Verdict.Ended) verdict;
    return new Outcome(ended.code(), ended.message(), last);
  }

  private Duration pause(MaintenanceReport last) {
    boolean far = last.blocksToGo() != null && last.blocksToGo() > NEAR_BLOCKS;
    return far ? around.tick() : around.tick().dividedBy(NEAR_LOOKS_PER_TICK);
  }

  private String timedOut() {
    return "Not over within "
        + limit.toString().substring(2).toLowerCase(Locale.ROOT)
        + "; the plan stays. 'kneardctl maintenance-status' shows it, 'kneardctl"
        + " maintenance-shutdown --cancel' undoes it.";
  }

  private static MaintenanceReport done(MaintenanceReport last, String message) {
    return new MaintenanceReport(
        MaintenanceReport.DONE,
        last.shutdownHeight(),
        last.windowStart(),
        last.windowEnd(),
        last.currentHeight(),
        last.blocksToGo(),
        last.then(),
        last.plannedAt(),
        message);
  }

  private void sayThatThePlanStays(MaintenanceReport planned) {
    progress.end();
    around
        .err()
        .println(
            "No longer waiting; the plan stays"
                + (planned.shutdownHeight() == null
                    ? ""
                    : ": neard stops at height " + planned.shutdownHeight())
                + ". 'kneardctl maintenance-shutdown --cancel' undoes it.");
  }

  private static void forget(Thread farewell) {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException shuttingDown) {
      // It is being said at this moment.
    }
  }
}
