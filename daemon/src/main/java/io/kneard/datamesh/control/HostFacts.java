package io.kneard.datamesh.control;

import io.kneard.datamesh.Address;
import java.util.List;
import java.util.Optional;

/**
 * What a host says of itself.
 *
 * @param kernel version of DRBD's module
 * @param utils version of drbd-utils
 * @param nonVoting whether its DRBD has the disk option non-voting
 * @param problem why it serves no volumes, in words; empty if it does
 */
public record HostFacts(
    Optional<String> kernel,
    Optional<String> utils,
    boolean nonVoting,
    Optional<String> problem,
    List<PoolFacts> pools,
    List<Network> networks) {

  /** Of a host that has never said anything. */
  public static final HostFacts NONE =
      new HostFacts(
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.of("its daemon has not said anything of volumes yet"),
          List.of(),
          List.of());

  /**
   * A pool.
   *
   * @param zeroed whether new backing volumes read as zeroes
   * @param free bytes, about
   * @param problem why nothing can be made in it, in words
   */
  public record PoolFacts(String name, boolean zeroed, long free, Optional<String> problem) {}

  /** Where the host listens for other hosts' DRBD; the port is a volume's. */
  public record Network(String name, String ip) {
    /** With a port. */
    public Address at(int port) {
      return new Address(name, ip, port);
    }
  }

  public HostFacts {
    pools = List.copyOf(pools);
    networks = List.copyOf(networks);
  }

  /** The same, with a reason why it serves no volumes. */
  public HostFacts with(String why) {
    return new HostFacts(kernel, utils, nonVoting, Optional.of(why), pools, networks);
  }

  /** The pool of this name. */
  public Optional<PoolFacts> pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }
}
