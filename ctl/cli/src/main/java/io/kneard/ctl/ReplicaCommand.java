package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "replica",
    description = "Adds, changes and removes single replicas of a volume.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReplicaAddCommand.class,
      ReplicaSetTypeCommand.class,
      ReplicaDeleteCommand.class
    })
final class ReplicaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
