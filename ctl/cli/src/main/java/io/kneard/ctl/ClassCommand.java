package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "class",
    description = "Makes, changes and shows classes: what many volumes are to be like.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ClassCreateCommand.class, ClassSetCommand.class, ClassListCommand.class})
final class ClassCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
