package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detach",
    description = "Ends the use of a volume on a host, once its device is closed.")
final class DetachCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A volume.")
  private String volume;

  @Parameters(
      index = "1",
      paramLabel = "HOST",
      arity = "0..1",
      description = "Where; without it on this host.")
  private String host;

  @Option(
      names = "--force",
      description = "The host is dead: regard the volume as not used there anymore.")
  private boolean force;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    if (force && declined(yes, "The host has to be off: what it has not written yet is lost.")) {
      return ExitCode.FAILED;
    }
    return after(client, client.mesh().detach(volume, host, force), waiting);
  }
}
