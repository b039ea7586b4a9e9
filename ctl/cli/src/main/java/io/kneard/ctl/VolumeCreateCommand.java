package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.api.mesh.VolumeWish;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Makes a volume. Its replicas are chosen by themselves, so that it survives the failures it"
          + " is to survive;",
      "with --replica they are those that are named, and nothing but quorum is cared for."
    })
final class VolumeCreateCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      required = true,
      converter = ByteCount.class,
      description = "How large, such as 10G.")
  private Long size;

  @Option(
      names = "--replica",
      paramLabel = "HOST=TYPE",
      description = "A replica on this host: D, TB or A. Several times.")
  private Map<String, String> replicas;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class it follows, instead of anything said here.")
  private String ofClass;

  @Mixin private WishOptions wishes;
  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    VolumeWish wish;
    try {
      wish = wishes.wish(name, size, ofClass, ofClass == null ? replicas != null : null, replicas);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    VolumeView view = client.mesh().create(wish);
    return after(client, view, waiting);
  }
}
