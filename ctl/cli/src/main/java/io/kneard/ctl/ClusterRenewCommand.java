package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.RenewalReport;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "renew",
    description = {
      "Gives this member a new key and certificate.",
      "All members have to be there, to learn of it."
    })
final class ClusterRenewCommand extends ControlCommand {

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    RenewalReport report = client.cluster().renew();
    show(report, () -> style().good("renewed") + ", valid until " + Plain.line(report.notAfter()));
    return ExitCode.OK;
  }
}
