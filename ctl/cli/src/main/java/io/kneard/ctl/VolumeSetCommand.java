package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.mesh.VolumeWish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Changes what is wanted of a volume; what is not said stays.")
final class VolumeSetCommand extends MeshCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "A volume.")
  private String name;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "managed: replicas are chosen by themselves. manual: they are those named.")
  private String mode;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class it follows from now on, instead of anything said here.")
  private String ofClass;

  @Mixin private WishOptions wishes;
  @Mixin private WaitOptions waiting;

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(ControlClient client) throws Exception {
    if (mode != null && !mode.equals("managed") && !mode.equals("manual")) {
      throw usage("--mode = '" + mode + "': managed or manual is wanted");
    }
    VolumeWish wish;
    try {
      wish = wishes.wish(null, null, ofClass, mode == null ? null : mode.equals("manual"), null);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    return after(client, client.mesh().set(name, wish), waiting);
  }
}
