package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.show.HostText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Shows all hosts as places for volumes.")
final class HostListCommand extends MeshCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    List<HostView> hosts = client.mesh().hosts();
    show(hosts, () -> HostText.hosts(hosts, style()));
    return ExitCode.OK;
  }
}
