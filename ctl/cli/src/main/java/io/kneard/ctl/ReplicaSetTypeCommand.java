package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.ReplicaWish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "set-type", description = "Makes a replica be of another type.")
final class ReplicaSetTypeCommand extends MeshCommand {
  @Mixin private ReplicaOptions replica;
  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    ReplicaWish wish = new ReplicaWish(replica.type, replica.pool, false);
    return after(client, client.mesh().replica(replica.volume, replica.host, wish), waiting);
  }
}
