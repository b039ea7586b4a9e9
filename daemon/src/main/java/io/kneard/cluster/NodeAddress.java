package io.kneard.cluster;

import io.kneard.dqlite.NodeSettings;
import java.net.InetSocketAddress;

/** Where a member's database listens: on the port after its API's. */
final class NodeAddress {
  private NodeAddress() {}

  /**
   * The database's address.
   *
   * @throws IllegalArgumentException if {@code api} is no address, or the last port
   */
  static String of(String api) {
    InetSocketAddress address = NodeSettings.parseAddress("address", api);
    if (address.getPort() == 65535) {
      throw new IllegalArgumentException(
          "address = '%s': the port after it is the database's".formatted(api));
    }
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + (address.getPort() + 1);
  }
}
