package io.kneard.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.DaemonUnreachable;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.ctl.show.Plain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "recover",
    description = {
      "Makes this host a cluster of its own again, when most voters are lost for good.",
      "Only while the daemon does not run; on one host alone, the one whose copy of the database"
          + " goes furthest. It shows what it will do and asks; makes a copy of the database"
          + " first; and leaves an archive with which the other hosts come back.",
      "docs/cluster.md says when, and what to do then."
    })
final class ClusterRecoverCommand extends ControlCommand {
  private static final Path ROOT = Path.of("/");

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--backup",
      paramLabel = "FOLDER",
      description = "Begin with what this backup has, in place of what the database has.")
  private Path backup;

  @Override
  ExitCode run(ControlClient client) throws IOException, InterruptedException {
    try {
      client.status();
    } catch (DaemonUnreachable e) {
      return switch (e.reason()) {
        case NO_SOCKET, NOT_LISTENING -> offline();
        case NOT_PERMITTED, NOT_A_SOCKET, NOT_ACCEPTING -> throw e;
      };
    }
    around().err().println(Kneardctl.NAME + ": The daemon runs: stop it first.");
    return ExitCode.FAILED;
  }

  private ExitCode offline() throws IOException, InterruptedException {
    OfflineProgram program = new OfflineProgram(around(), new Service(ROOT));
    if (!yes) {
      List<RecoveryReport> planned = new ArrayList<>();
      ExitCode plan =
          program.run(
              "cluster recover",
              arguments(),
              (text, status) -> evaluate(program, text, status, planned));
      if (plan != ExitCode.OK) {
        return plan;
      }
      around().err().println(Plain.lines(planned.get(0).text()));
      around().err().print("Go on? Type yes: ");
      if (!"yes".equals(answer())) {
        program.say("Nothing was changed.");
        return ExitCode.FAILED;
      }
    }
    List<RecoveryReport> done = new ArrayList<>();
    ExitCode outcome =
        program.run(
            "cluster recover",
            arguments("--yes"),
            (text, status) -> evaluate(program, text, status, done));
    if (outcome == ExitCode.OK) {
      show(done.get(0), () -> Plain.lines(done.get(0).text()));
    }
    return outcome;
  }

  private List<String> arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("--recover-cluster", "--json"));
    all.addAll(List.of(more));
    if (backup != null) {
      all.add("--backup=" + backup.toAbsolutePath());
    }
    return all;
  }

  private static ExitCode evaluate(
      OfflineProgram program, String text, int status, List<RecoveryReport> reports) {
    Optional<RecoveryReport> report = report(text);
    if (report.isEmpty()) {
      program.say("It ended with " + status + ". " + Plain.lines(text).strip());
      return ExitCode.FAILED;
    }
    if (report.get().problem() != null) {
      program.say(Plain.lines(report.get().text()));
      return ExitCode.FAILED;
    }
    reports.add(report.get());
    return ExitCode.OK;
  }

  private static Optional<RecoveryReport> report(String text) {
    try {
      return Optional.ofNullable(ControlJson.get().readValue(text, RecoveryReport.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // something that kept it from running
    }
  }

  private static String answer() throws IOException {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }
}
