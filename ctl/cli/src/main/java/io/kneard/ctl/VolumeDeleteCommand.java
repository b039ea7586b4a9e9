package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Deletes a volume that nobody uses, with all its data.")
final class VolumeDeleteCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    if (declined(yes, "All data of volume " + name + " will be gone.")) {
      return ExitCode.FAILED;
    }
    return after(client, client.mesh().delete(name), waiting);
  }
}
