package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.show.MeshText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Shows a volume: its members, what they see of each other, and what goes on.")
final class VolumeShowCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Option(names = "--watch", description = "Show it again every second, until Ctrl-C.")
  private boolean watch;

  @Override
  ExitCode run(ControlClient client) throws Exception {
    if (watch) {
      return new Watch<VolumeView>(this, view -> MeshText.volume(view, style()))
          .of(() -> client.mesh().volume(name));
    }
    VolumeView view = client.mesh().volume(name);
    show(view, () -> MeshText.volume(view, style()));
    return ExitCode.OK;
  }
}
