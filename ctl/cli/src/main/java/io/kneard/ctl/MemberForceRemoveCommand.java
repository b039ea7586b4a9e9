package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "force-remove",
    description = {
      "Removes the member on a host that is dead, without its word.",
      "Refused while another host is still connected to it, and where the last good copy would go."
    })
final class MemberForceRemoveCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A volume.")
  private String volume;

  @Parameters(index = "1", paramLabel = "HOST", description = "The dead host.")
  private String host;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    if (declined(yes, "Host " + host + " has to be off: its copy of " + volume + " is given up.")) {
      return ExitCode.FAILED;
    }
    return after(client, client.mesh().removeReplica(volume, host, true), waiting);
  }
}
