package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "member",
    description = "What is done about a member of a volume whose host is dead.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MemberForceRemoveCommand.class})
final class MemberCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
