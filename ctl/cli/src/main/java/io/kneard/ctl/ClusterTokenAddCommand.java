package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.JoinTokenReport;
import io.kneard.ctl.api.cluster.TokenRequest;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = {
      "Makes a token with which one host can join once, and prints it.",
      "It takes the place of an older one for the same name."
    })
final class ClusterTokenAddCommand extends ControlCommand {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The name that the host will have as a member.")
  private String name;

  @Option(
      names = "--expire",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      defaultValue = "3h",
      description = "How long it is good for, such as 15m; 3h if nothing is said.")
  private Duration expire;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    String token = client.cluster().addToken(new TokenRequest(name, expire.toNanos()));
    show(new JoinTokenReport(name, token), () -> token);
    return ExitCode.OK;
  }
}
