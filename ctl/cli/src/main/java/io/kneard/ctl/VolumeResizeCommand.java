package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "resize", description = "Lets a volume grow; it never shrinks.")
final class VolumeResizeCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "How large it is to be, such as 20G.")
  private Long size;

  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    return after(client, client.mesh().resize(name, size), waiting);
  }
}
