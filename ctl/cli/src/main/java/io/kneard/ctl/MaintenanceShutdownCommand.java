package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.show.MaintenanceText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "maintenance-shutdown",
    description = {
      "Stops neard in a maintenance window, in which this validator has nothing to produce, and"
          + " starts it again.",
      "Without a length the longest window of the epoch is taken."
    })
final class MaintenanceShutdownCommand extends ControlCommand {
  /** What comes after the stop. */
  enum Then {
    RESTART,
    STOP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MINIMUM_LENGTH",
      converter = BlockCount.class,
      description = "The same as --minimum-length.")
  private Long positionalLength;

  @Option(
      names = "--minimum-length",
      paramLabel = "BLOCKS",
      converter = BlockCount.class,
      description = "Take the first window of at least so many blocks.")
  private Long minimumLength;

  @Option(
      names = "--shutdown-at",
      paramLabel = "HEIGHT",
      converter = BlockCount.class,
      description = "Stop at this block height, window or not.")
  private Long shutdownAt;

  @Option(
      names = "--then",
      paramLabel = "restart|stop",
      description = "restart (default): start neard again. stop: the daemon ends, for an upgrade.")
  private Then then;

  @Option(names = "--wait", description = "Show the progress and end with the outcome.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Wait at most so long, such as 90s, 15m or 2h (default). The plan stays.")
  private Duration timeout;

  @Option(names = "--cancel", description = "Undo the plan and say what was undone.")
  private boolean cancel;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    validate();
    if (cancel) {
      return ended(client.cancelMaintenance());
    }
    MaintenanceReport planned = client.planMaintenance(request());
    if (!wait) {
      return ended(planned);
    }
    Duration limit = timeout == null ? MaintenanceWait.USUAL_LIMIT : timeout;
    MaintenanceWait waiting = new MaintenanceWait(client, around(), json(), limit);
    MaintenanceWait.Outcome outcome = waiting.run(planned, then == Then.STOP);
    if (json()) {
      show(outcome.last(), () -> "");
    } else {
      out().println(style().outcome(outcome.code() == ExitCode.OK, outcome.message()));
    }
    return outcome.code();
  }

  private void validate() {
    if (positionalLength != null && minimumLength != null) {
      throw usage("MINIMUM_LENGTH and --minimum-length are the same: give one");
    }
    if (length() != null && shutdownAt != null) {
      throw usage("--minimum-length and --shutdown-at exclude each other: give one");
    }
    boolean planning = length() != null || shutdownAt != null || then != null || wait;
    if (cancel && planning) {
      throw usage("--cancel undoes the plan and goes with nothing else: give it alone");
    }
    if (timeout != null && !wait) {
      throw usage("--timeout bounds --wait: give both or none");
    }
  }

  private Long length() {
    return positionalLength != null ? positionalLength : minimumLength;
  }

  private MaintenanceRequest request() {
    return new MaintenanceRequest(length(), shutdownAt, then == null ? null : then.toString());
  }

  private ExitCode ended(MaintenanceReport report) throws IOException {
    show(report, () -> MaintenanceText.of(report, around().clock().instant(), style()));
    return report.phase().equals(MaintenanceReport.FAILED) ? ExitCode.FAILED : ExitCode.OK;
  }
}
