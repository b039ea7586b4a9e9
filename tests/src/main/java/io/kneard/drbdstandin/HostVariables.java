package io.kneard.drbdstandin;

import java.nio.file.Path;
import java.util.Map;

/** What a daemon is started with that serves volumes on a played kernel. */
public final class HostVariables {
  private HostVariables() {}

  /**
   * The variables of one host.
   *
   * @param number of the host, from 1
   * @param folder where it keeps its disks and the links to its devices
   */
  public static Map<String, String> of(ToolServer kernels, String name, int number, Path folder) {
    return Map.of(
        "PATH",
        ToolServer.folder() + ":" + System.getenv("PATH"),
        ToolServer.VARIABLE,
        kernels.address(name),
        "KNEARD_DATAMESH_POOLS",
        "try=files:" + folder.resolve("disks"),
        "KNEARD_DATAMESH_NETWORKS",
        "played=10.77.0." + number,
        "KNEARD_DATAMESH_DEVICE_DIR",
        folder.resolve("devices").toString());
  }
}
