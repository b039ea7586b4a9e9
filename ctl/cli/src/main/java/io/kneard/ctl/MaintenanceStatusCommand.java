package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.show.MaintenanceText;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "maintenance-status",
    description = "Shows how far the planned stop of neard is, or how the last one ended.")
final class MaintenanceStatusCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    MaintenanceReport report = client.maintenance();
    show(report, () -> MaintenanceText.of(report, around().clock().instant(), style()));
    return ExitCode.OK;
  }
}
