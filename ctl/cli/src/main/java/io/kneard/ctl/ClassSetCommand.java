package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.show.MeshText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description = "Changes what is wanted of the volumes of a class; what is not said stays.")
final class ClassSetCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "CLASS", description = "Its name.")
  private String name;

  @Mixin private ClassOptions options;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    try {
      ClassView view = client.mesh().setClass(name, options.wish(null));
      show(view, () -> MeshText.classes(List.of(view)));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }
}
