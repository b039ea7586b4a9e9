package io.kneard.datamesh;

/**
 * Where a member listens for its peers. Two members are connected by a path for every network both
 * have an address in.
 *
 * @param network the network's name
 * @param ip IPv4 or IPv6, without brackets
 * @param port 1..65535
 */
public record Address(String network, String ip, int port) {
  public Address {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "address %s:%d in network %s: the port has to be in 1..65535"
              .formatted(ip, port, network));
    }
  }
}
