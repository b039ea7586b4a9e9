package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.show.HostText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "zone", description = "Says which zone a host is in; - for none.")
final class HostZoneCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "HOST", description = "A host of the cluster.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "ZONE",
      description = "The zone, such as a room; - for none.")
  private String zone;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws IOException {
    HostView host = client.mesh().host(name, new HostWish(zone.equals("-") ? "" : zone, null));
    show(host, () -> HostText.hosts(List.of(host), style()));
    return ExitCode.OK;
  }
}
