package io.kneard.drbd;

import io.kneard.datamesh.Address;

/** Addresses as {@code drbdsetup} takes and shows them. */
final class Endpoint {
  private Endpoint() {}

  static String of(Address address) {
    return of(address.ip(), address.port());
  }

  static String of(String ip, int port) {
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port;
  }

  /** With its family before it, which the tool wants for all but IPv4. */
  static String argument(String endpoint) {
    return (endpoint.startsWith("[") ? "ipv6:" : "ipv4:") + endpoint;
  }
}
