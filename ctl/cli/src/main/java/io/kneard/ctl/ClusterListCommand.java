package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.show.ClusterText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Shows all members, their roles and states.")
final class ClusterListCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<ClusterMember> members = client.cluster().list();
    show(members, () -> ClusterText.members(members, around().clock().instant(), style()));
    return ExitCode.OK;
  }
}
