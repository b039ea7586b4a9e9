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
 * @param problemSince when that began, in milliseconds since 1970; kept by who stores it
 */
public record HostFacts(
    Optional<String> kernel,
    Optional<String> utils,
    boolean nonVoting,
    Optional<String> problem,
    long problemSince,
    List<PoolFacts> pools,
    List<Network> networks) {

  /** Of a host that has never said anything. */
  public static final HostFacts NONE =
      new HostFacts(
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.of("its daemon has not said anything of volumes yet"),
          0,
          List.of(),
          List.of());

  /**
   * A pool.
   *
   * @param zeroed whether new backing volumes read as zeroes
   * @param free bytes, about
   * @param problem why nothing can be made in it, in words
   * @param path of a backing volume in it, with {@code VOLUME} and {@code ID} in place of those
   */
  public record PoolFacts(
      String name, boolean zeroed, long free, Optional<String> problem, String path) {
    /** Where the backing volume of this replica lies. */
    public String pathOf(String volume, String deviceId) {
      return path.replace("VOLUME", volume).replace("ID", deviceId);
    }
  }

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
  HostFacts with(String why) {
    return new HostFacts(kernel, utils, nonVoting, Optional.of(why), 0, pools, networks);
  }

  /** The same, after what was stored before: a problem goes on from when it began. */
  HostFacts after(HostFacts before, long nowMillis) {
    boolean goesOn = before.problem().isPresent() && before.problemSince() > 0;
    long since = problem.isEmpty() ? 0 : goesOn ? before.problemSince() : nowMillis;
    return new HostFacts(kernel, utils, nonVoting, problem, since, pools, networks);
  }

  /** The pool of this name. */
  public Optional<PoolFacts> pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }
}
