package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.EventStream;
import io.kneard.ctl.api.StateChange;
import io.kneard.ctl.show.EventText;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "events",
    description = {
      "Shows state changes as they happen, one a line, first the remembered ones; until Ctrl-C.",
      "With --json each line is a JSON object."
    })
final class EventsCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    try (EventStream events = client.events()) {
      StateChange change = events.next();
      while (change != null) {
        StateChange shown = change;
        show(shown, () -> EventText.of(shown, style()));
        if (out().checkError()) {
          // Whoever read along, such as head, has seen enough.
          return ExitCode.OK;
        }
        change = events.next();
      }
    }
    around()
        .err()
        .println(
            "kneardctl: The daemon ended the stream; it is stopping, or this reader was too slow.");
    return ExitCode.UNREACHABLE;
  }
}
