package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    description = "Makes, shows and revokes the tokens with which hosts join.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterTokenAddCommand.class,
      ClusterTokenListCommand.class,
      ClusterTokenRevokeCommand.class
    })
final class ClusterTokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
