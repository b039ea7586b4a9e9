package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "host",
    description = "Shows the hosts as places for volumes, and says what is to be done with them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HostListCommand.class,
      HostDrainCommand.class,
      HostUndrainCommand.class,
      HostZoneCommand.class
    })
final class HostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
