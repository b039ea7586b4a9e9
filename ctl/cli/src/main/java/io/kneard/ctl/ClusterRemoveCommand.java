package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = {
      "Removes a member from the cluster; its host forgets the cluster.",
      "To let it in again it needs a new token."
    })
final class ClusterRemoveCommand extends ControlCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The member.")
  private String name;

  @Option(names = "--force", description = "Also if it does not answer.")
  private boolean force;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    client.cluster().remove(name, force);
    show(Map.of("removed", name), () -> style().good(Plain.line(name)) + " is removed");
    return ExitCode.OK;
  }
}
