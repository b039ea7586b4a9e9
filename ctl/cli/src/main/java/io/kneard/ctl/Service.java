package io.kneard.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The daemon as a service of systemd, as the installer puts it in place.
 *
 * @param root of the file system
 */
record Service(Path root) {
  /** Longer than all time-outs of a check together, in seconds. */
  static final int CHECK_LIMIT = 120;

  private static final String PROGRAM = "usr/bin/kneard-java";

  private static final List<String> UNITS =
      List.of(
          "etc/systemd/system/kneard-java.service",
          "usr/lib/systemd/system/kneard-java.service",
          "lib/systemd/system/kneard-java.service");

  /** Whether systemd runs here, and the program is the one that it starts. */
  boolean starts(Path program) throws IOException {
    Path started = root.resolve(PROGRAM);
    return Files.isDirectory(root.resolve("run/systemd/system"))
        && UNITS.stream().map(root::resolve).anyMatch(Files::isRegularFile)
        && Files.exists(started)
        && Files.isSameFile(started, program);
  }

  /**
   * Runs the daemon's program as the unit does: as its user, with the keys that only root can read,
   * and with its variables; and ends it after {@link #CHECK_LIMIT}.
   */
  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("systemd-run", "--quiet", "--pipe", "--wait", "--collect"));
    Stream.of(
            "User=kneard",
            "LoadCredential=keys:/etc/kneard/keys",
            "EnvironmentFile=-/etc/default/kneard-java",
            "RuntimeMaxSec=" + CHECK_LIMIT)
        .forEach(property -> command.addAll(List.of("-p", property)));
    command.add("/" + PROGRAM);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether this process may ask systemd for that, and read what only root can. */
  static boolean mayBeAsked() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
