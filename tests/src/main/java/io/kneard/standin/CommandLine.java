package io.kneard.standin;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * neard's command line, as far as a supervisor uses it.
 *
 * @param version whether the version is asked for
 * @param home neard's folder
 * @param rpc where to serve HTTP instead of where config.json says; null for there
 */
record CommandLine(boolean version, Path home, InetSocketAddress rpc) {
  private static final Set<String> WITH_VALUE =
      Set.of("--home", "--boot-nodes", "--network-addr", "--rpc-addr", "--rpc-prometheus-addr");

  /**
   * @throws IllegalArgumentException on what neard does not know
   */
  static CommandLine parse(String... args) {
    Path home = null;
    InetSocketAddress rpc = null;
    boolean run = false;
    for (int i = 0; i < args.length; i++) {
      String[] flag = args[i].split("=", 2);
      if (args[i].equals("--version") || args[i].equals("-V")) {
        return new CommandLine(true, null, null);
      } else if (args[i].equals("run")) {
        run = true;
      } else if (!WITH_VALUE.contains(flag[0])) {
        throw new IllegalArgumentException("unexpected argument '" + args[i] + "'");
      } else if (flag.length == 1 && i + 1 == args.length) {
        throw new IllegalArgumentException("a value is required for '" + flag[0] + "'");
      } else {
        String value = flag.length == 2 ? flag[1] : args[++i];
        home = flag[0].equals("--home") ? Path.of(value).toAbsolutePath().normalize() : home;
        rpc = flag[0].equals("--rpc-addr") ? NodeConfig.address(value) : rpc;
      }
    }
    if (!run || home == null) {
      throw new IllegalArgumentException("usage: neard --home HOME run");
    }
    return new CommandLine(false, home, rpc);
  }
}
