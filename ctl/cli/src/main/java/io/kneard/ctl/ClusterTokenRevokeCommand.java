package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Makes a token useless.")
final class ClusterTokenRevokeCommand extends ControlCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The name it was made for.")
  private String name;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    client.cluster().revokeToken(name);
    show(Map.of("revoked", name), () -> "The token for " + Plain.line(name) + " is useless now.");
    return ExitCode.OK;
  }
}
