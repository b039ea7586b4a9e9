package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "cluster",
    description = "Founds, joins, shows and changes the cluster that this host is a member of.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterBootstrapCommand.class,
      ClusterTokenCommand.class,
      ClusterJoinCommand.class,
      ClusterListCommand.class,
      ClusterRoleCommand.class,
      ClusterRemoveCommand.class,
      ClusterRenewCommand.class,
      ClusterBackupCommand.class,
      ClusterRecoverCommand.class
    })
final class ClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
