package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.show.ReloadText;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "reload",
    description = {
      "Makes the daemon read its settings again, as SIGHUP does, and shows the effect.",
      "The file is read as it is now; variables and flags stay those the daemon was started with."
    })
final class ReloadCommand extends ControlCommand {

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    ReloadReport report = client.reload();
    show(report, () -> ReloadText.of(report, style()));
    return report.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
