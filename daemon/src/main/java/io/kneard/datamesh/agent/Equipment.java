package io.kneard.datamesh.agent;

import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.drbd.DeviceLink;
import io.kneard.drbd.Events;
import io.kneard.drbd.Pool;
import io.kneard.drbd.Processes;
import io.kneard.drbd.Storage;
import io.kneard.drbd.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a host has for volumes.
 *
 * @param networks where it listens; empty: the address it has in the cluster
 * @param firstMinor of the device of the volume with number 0
 * @param firstPort of the volume with number 0
 * @param tools made anew for everybody who runs commands
 * @param storage of a pool
 * @param events of its kernel
 * @param links to its devices
 */
public record Equipment(
    List<Pool> pools,
    List<Network> networks,
    int firstMinor,
    int firstPort,
    Supplier<Tools> tools,
    Function<Pool, Storage> storage,
    Events events,
    DeviceLink links) {

  public Equipment {
    pools = List.copyOf(pools);
    networks = List.copyOf(networks);
  }

  /**
   * With the programs and the kernel of this host.
   *
   * @param devices where the devices of volumes are found
   */
  public static Equipment ofThisHost(
      List<Pool> pools, List<Network> networks, int firstMinor, int firstPort, Path devices) {
    return new Equipment(
        pools,
        networks,
        firstMinor,
        firstPort,
        Processes::new,
        pool -> Storage.of(pool, new Processes()),
        Events.ofKernel(),
        new DeviceLink(devices));
  }
}
