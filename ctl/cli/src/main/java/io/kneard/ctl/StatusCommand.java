package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.show.StatusText;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Shows the daemon's state, its reason, the lock, the key and neard.")
final class StatusCommand extends ControlCommand {
  @Option(names = "--watch", description = "Show it again every second until Ctrl-C.")
  private boolean watch;

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    if (watch) {
      return new Watch<>(this, this::text).of(client::status);
    }
    StatusReport report = client.status();
    show(report, () -> text(report));
    return ExitCode.OK;
  }

  private String text(StatusReport report) {
    return StatusText.of(report, around().clock().instant(), style());
  }
}
