package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.show.MeshText;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    description = "Says why a volume's replicas are where they are, and what is waited for.")
final class VolumeWhyCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Override
  ExitCode run(ControlClient client) throws IOException {
    VolumeView view = client.mesh().volume(name);
    show(view, () -> MeshText.why(view));
    return ExitCode.OK;
  }
}
