package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Removes a replica, and its disk, once the volume can do without it.",
      "A managed volume gets another in its place, where one is needed."
    })
final class ReplicaDeleteCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A volume.")
  private String volume;

  @Parameters(index = "1", paramLabel = "HOST", description = "The host of the replica.")
  private String host;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    return after(client, client.mesh().removeReplica(volume, host, false), waiting);
  }
}
