package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.StatusReport;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "resume", description = "Ends 'pause'.")
final class ResumeCommand extends ControlCommand {

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    StatusReport report = client.resume();
    show(report, () -> style().good("resumed") + " in state " + report.state());
    return ExitCode.OK;
  }
}
