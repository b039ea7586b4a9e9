package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.StatusReport;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description = {
      "Holds back promotion, and planned demotion of a healthy validator, until 'resume'.",
      "Safety deadlines stay in force."
    })
final class PauseCommand extends ControlCommand {

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    StatusReport report = client.pause();
    show(
        report,
        () ->
            style().warn("paused")
                + " in state "
                + report.state()
                + "; safety deadlines stay. 'kneardctl resume' ends it.");
    return ExitCode.OK;
  }
}
