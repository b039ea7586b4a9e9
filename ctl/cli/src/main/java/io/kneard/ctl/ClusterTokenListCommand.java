package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.TokenRecord;
import io.kneard.ctl.show.ClusterText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    description = "Shows which tokens wait to be used, and until when; never the tokens.")
final class ClusterTokenListCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<TokenRecord> tokens = client.cluster().tokens();
    show(tokens, () -> ClusterText.tokens(tokens));
    return ExitCode.OK;
  }
}
