package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.ExportView;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Prints a volume as a file for drbdadm, for taking over by hand.")
final class VolumeExportCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Override
  ExitCode run(ControlClient client) throws IOException {
    ExportView view = client.mesh().export(name);
    show(view, view::text);
    return ExitCode.OK;
  }
}
