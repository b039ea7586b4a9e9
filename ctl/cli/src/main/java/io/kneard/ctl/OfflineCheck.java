package io.kneard.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import java.util.List;

/** Runs the daemon's own program to check the host while the daemon does not run. */
final class OfflineCheck {
  /** What is done with the report. */
  interface Presentation {
    ExitCode show(CheckReport report) throws IOException;
  }

  private final OfflineProgram program;

  OfflineCheck(OfflineProgram program) {
    this.program = program;
  }

  ExitCode run(Presentation presentation) throws IOException, InterruptedException {
    return program.run(
        "check",
        List.of("--check", "--json"),
        (answer, status) -> evaluate(answer, status, presentation));
  }

  private ExitCode evaluate(String text, int status, Presentation presentation) throws IOException {
    try {
      CheckReport report = ControlJson.get().readValue(text, CheckReport.class);
      if (report.findings() != null) {
        return presentation.show(report);
      }
    } catch (JsonProcessingException e) {
      // Not from the check: something that kept it from running.
    }
    program.say(
        "The check could not be run, it ended with " + status + ". " + Plain.lines(text).strip());
    return ExitCode.UNREACHABLE;
  }
}
