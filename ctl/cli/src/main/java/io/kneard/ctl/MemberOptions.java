package io.kneard.ctl;

import picocli.CommandLine.Option;

/** Who this host becomes in a cluster; null is left to the daemon's settings. */
final class MemberOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The member's name; a token is made for one name. Without it: the setting node-id.")
  String name;

  @Option(
      names = "--address",
      paramLabel = "IP:PORT",
      description =
          "Where the other members reach this one, usually port 9443; its database takes the port"
              + " after it. Without it: the setting cluster.address.")
  String address;
}
