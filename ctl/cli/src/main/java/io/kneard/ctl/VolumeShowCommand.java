package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.show.MeshText;
import io.kneard.ctl.show.Screen;
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
    VolumeView view = client.mesh().volume(name);
    while (watch) {
      VolumeView shown = view;
      out().print(Screen.clear(style()));
      show(shown, () -> MeshText.volume(shown, style()));
      if (out().checkError()) {
        return ExitCode.OK;
      }
      Thread.sleep(around().tick().toMillis());
      view = client.mesh().volume(name);
    }
    VolumeView shown = view;
    show(shown, () -> MeshText.volume(shown, style()));
    return ExitCode.OK;
  }
}
