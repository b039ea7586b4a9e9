package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.show.Plain;
import io.kneard.ctl.show.StatusText;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Shows the daemon's state, its reason, the lock, the key and neard.")
final class StatusCommand extends ControlCommand {
  /** Cursor to the upper left corner; clear what is below. */
  private static final String REDRAW = "\u001b[H\u001b[J";

  private static final String CLEAR = "\u001b[2J";

  @Option(names = "--watch", description = "Show it again every second until Ctrl-C.")
  private boolean watch;

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    StatusReport first = client.status();
    if (!watch) {
      show(first, () -> text(first));
      return ExitCode.OK;
    }
    if (redraws()) {
      out().print(CLEAR);
    }
    draw(first);
    while (!out().checkError()) {
      Thread.sleep(around().tick().toMillis());
      look(client);
    }
    return ExitCode.OK;
  }

  /** A daemon that is away for a moment, for a restart perhaps, does not end the watching. */
  private void look(ControlClient client) throws IOException, InterruptedException {
    try {
      draw(client.status());
    } catch (ControlException e) {
      if (ExitCode.of(e) == ExitCode.INTERRUPTED) {
        throw e;
      }
      if (json()) {
        around().err().println(Plain.line(e.getMessage()));
      } else {
        out().println((redraws() ? REDRAW : "") + style().bad(Plain.line(e.getMessage())));
      }
    }
  }

  private void draw(StatusReport report) throws IOException {
    if (redraws()) {
      out().print(REDRAW);
    }
    show(report, () -> text(report));
    if (!json() && !redraws()) {
      out().println();
    }
  }

  private boolean redraws() {
    return around().terminal() && !json();
  }

  private String text(StatusReport report) {
    return StatusText.of(report, around().clock().instant(), style());
  }
}
