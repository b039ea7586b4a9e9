package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.ctl.show.ClusterText;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "bootstrap", description = "Founds a cluster with this host as its first member.")
final class ClusterBootstrapCommand extends ControlCommand {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The member's name. Without it: the setting node-id.")
  private String name;

  @Option(
      names = "--address",
      paramLabel = "IP:PORT",
      description =
          "Where the other members reach this one, usually port 9443; its database takes the port"
              + " after it. Without it: the setting cluster.address.")
  private String address;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    client.cluster().begin(new Control(true, Map.of(), null, address, name));
    ServerInfo server = client.cluster().server();
    show(server, () -> ClusterText.member(server, style()));
    return ExitCode.OK;
  }
}
