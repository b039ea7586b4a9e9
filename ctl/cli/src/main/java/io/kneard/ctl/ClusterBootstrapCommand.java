package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.ctl.show.ClusterText;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "bootstrap", description = "Founds a cluster with this host as its first member.")
final class ClusterBootstrapCommand extends ControlCommand {
  @Mixin private MemberOptions member;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    client.cluster().begin(new Control(true, Map.of(), null, member.address, member.name));
    ServerInfo server = client.cluster().server();
    show(server, () -> ClusterText.member(server, style()));
    return ExitCode.OK;
  }
}
