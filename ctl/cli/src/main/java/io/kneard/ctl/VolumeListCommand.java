package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.show.MeshText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Shows all volumes, a line each.")
final class VolumeListCommand extends MeshCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<VolumeLine> volumes = client.mesh().volumes();
    show(volumes, () -> MeshText.volumes(volumes, style()));
    return ExitCode.OK;
  }
}
