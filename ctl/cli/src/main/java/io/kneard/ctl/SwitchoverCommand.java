package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "switchover",
    description = {
      "Hands signing over from this host to another one and shows how long nobody signed.",
      "It is refused unless the other host is in sync and waits for the lock."
    })
final class SwitchoverCommand extends ControlCommand {
  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "Node id of the host to hand over to. Without it: whichever standby is first.")
  private String to;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    if (to != null && to.isBlank()) {
      throw usage("--to = '': the node id of a standby");
    }
    SwitchoverReport report = client.switchover(new SwitchoverRequest(to));
    show(report, () -> text(report));
    return confirmed(report) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean confirmed(SwitchoverReport report) {
    return report.to() != null && report.gapMillis() != null;
  }

  private String text(SwitchoverReport report) {
    String message = Plain.line(report.message());
    return confirmed(report)
        ? message + "\n" + style().good("gap " + report.gapMillis() + " ms") + " without a signer"
        : style().bad("not confirmed") + ": " + message;
  }
}
