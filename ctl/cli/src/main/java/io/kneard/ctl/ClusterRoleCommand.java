package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.show.ClusterText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "role",
    description = {
      "Shows a member's role in the database: voter, stand-by, spare, or PENDING.",
      "Roles are given by themselves, see docs/cluster.md."
    })
final class ClusterRoleCommand extends ControlCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A member.")
  private String name;

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<ClusterMember> members = client.cluster().list();
    Optional<ClusterMember> found =
        members.stream().filter(member -> member.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      around().err().println("kneardctl: " + name + " is not a member.");
      return ExitCode.FAILED;
    }
    show(found.get(), () -> ClusterText.role(found.get(), style()));
    return ExitCode.OK;
  }
}
