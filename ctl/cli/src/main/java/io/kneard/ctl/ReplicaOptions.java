package io.kneard.ctl;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which replica, and what it is to be. */
final class ReplicaOptions {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A volume.")
  String volume;

  @Parameters(index = "1", paramLabel = "HOST", description = "The host of the replica.")
  String host;

  @Parameters(
      index = "2",
      paramLabel = "TYPE",
      description =
          "D: has the data. TB: decides a tie. A: uses the data of others. sD: has the data and no"
              + " vote.")
  String type;

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = "The pool for its disk; without it the one with most room.")
  String pool;
}
