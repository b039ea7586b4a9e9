package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "attach",
    description = "Lets a volume be used on a host: its device is there when it is attached.")
final class AttachCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A volume.")
  private String volume;

  @Parameters(
      index = "1",
      paramLabel = "HOST",
      arity = "0..1",
      description = "Where; without it on this host.")
  private String host;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    return after(client, client.mesh().attach(volume, host), waiting);
  }
}
