package io.kneard.ctl;

import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.show.CheckText;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "check",
    description = {
      "Looks at settings, keys, sockets, lock store and neard; says what is wrong and how to mend it.",
      "Without a running daemon it runs 'kneard-java --check'."
    })
final class CheckCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    try {
      CheckReport report = client.check();
      show(report, () -> CheckText.of(report, style()));
      return report.fit() ? ExitCode.OK : ExitCode.NOT_FIT;
    } catch (DaemonUnreachable e) {
      return switch (e.reason()) {
        case NO_SOCKET, NOT_LISTENING -> new OfflineCheck(around(), json()).run();
        case NOT_PERMITTED, NOT_A_SOCKET, NOT_ACCEPTING -> throw e;
      };
    }
  }
}
