package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.ctl.show.ClusterText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "join",
    description = {
      "Makes this host a member of the cluster whose member has made the token.",
      "A token on the command line can be seen by other users of the host; - reads it from"
          + " standard input."
    })
final class ClusterJoinCommand extends ControlCommand {
  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      description = "What 'cluster token add' has printed; - to read it from standard input.")
  private String token;

  @Mixin private MemberOptions member;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    String given = token.equals("-") ? line() : token;
    if (given == null || given.isBlank()) {
      throw usage("TOKEN = '': a token is wanted");
    }
    client
        .cluster()
        .begin(new Control(false, Map.of(), given.strip(), member.address, member.name));
    ServerInfo server = client.cluster().server();
    show(server, () -> ClusterText.member(server, style()));
    return ExitCode.OK;
  }

  private static String line() throws IOException {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }
}
