package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "volume",
    description = "Makes, shows, changes and deletes replicated volumes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      VolumeCreateCommand.class,
      VolumeListCommand.class,
      VolumeShowCommand.class,
      VolumeSetCommand.class,
      VolumeResizeCommand.class,
      VolumeDeleteCommand.class,
      VolumeWhyCommand.class,
      VolumeExportCommand.class
    })
final class VolumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
