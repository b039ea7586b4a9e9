package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.show.MeshText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Shows all classes of volumes, a line each.")
final class ClassListCommand extends MeshCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<ClassView> classes = client.mesh().classes();
    show(classes, () -> MeshText.classes(classes));
    return ExitCode.OK;
  }
}
