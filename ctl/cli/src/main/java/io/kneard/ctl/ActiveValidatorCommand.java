package io.kneard.ctl;

import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "active-validator",
    description = "Shows which host holds the leader lock, and whether it signs.")
final class ActiveValidatorCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    ActiveValidator active = client.activeValidator();
    show(active, () -> text(active));
    return ExitCode.OK;
  }

  private String text(ActiveValidator active) {
    if (active.nodeId() == null) {
      return style().warn("nobody") + ": the lock is free";
    }
    return Plain.line(active.nodeId())
        + (active.hostname() == null ? "" : " on " + Plain.line(active.hostname()))
        + (active.self() ? " (this host)" : "")
        + (active.live()
            ? ", " + style().good("signing")
            : ", " + style().warn("key not confirmed as in use"))
        + ", epoch "
        + active.epoch();
  }
}
