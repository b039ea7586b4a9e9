package io.kneard.ctl;

import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.show.CheckText;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

@Command(
    name = "check",
    description = {
      "Looks at settings, keys, sockets, lock store and neard; says what is wrong and how to mend it.",
      "The settings file is read as it is now; what it says need not be in force yet.",
      "Without a running daemon it runs 'kneard-java --check': as root, where the unit is"
          + " installed, as the unit would start it; there others are told what to run."
    })
final class CheckCommand extends ControlCommand {
  private static final Path ROOT = Path.of("/");

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    CheckReport report;
    try {
      report = client.check();
    } catch (DaemonUnreachable e) {
      return switch (e.reason()) {
        case NO_SOCKET, NOT_LISTENING ->
            new OfflineCheck(new OfflineProgram(around(), new Service(ROOT))).run(this::show);
        case NOT_PERMITTED, NOT_A_SOCKET, NOT_ACCEPTING -> throw e;
      };
    }
    return show(report);
  }

  private ExitCode show(CheckReport report) throws IOException {
    show(report, () -> CheckText.of(report, style()));
    return report.fit() ? ExitCode.OK : ExitCode.NOT_FIT;
  }
}
