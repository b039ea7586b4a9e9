package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.show.HostText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "undrain", description = "Lets replicas come to a host again.")
final class HostUndrainCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "HOST", description = "A host of the cluster.")
  private String name;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    HostView host = client.mesh().host(name, new HostWish(null, false));
    show(host, () -> HostText.hosts(List.of(host), style()));
    return ExitCode.OK;
  }
}
