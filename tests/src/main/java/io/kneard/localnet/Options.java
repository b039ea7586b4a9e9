package io.kneard.localnet;

import io.kneard.testbed.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code tests/localnet} is asked for.
 *
 * @param hosts how many, 1 to 9
 * @param neard the program to supervise
 * @param profile of the lock's times
 * @param lock where it is kept: embedded or consul
 * @param volumes whether the hosts can have replicated volumes, on kernels that are played
 * @param script its name and its lines; null for none
 * @param keep whether the folder stays
 */
record Options(
    int hosts,
    Path neard,
    String profile,
    String lock,
    boolean volumes,
    Lines script,
    boolean keep) {

  /** A file that was read. */
  record Lines(Path file, List<String> lines) {}

  static final String USAGE =
      """
      tests/localnet [--hosts N] [--lock embedded|consul] [--profile fast|reference]
                     [--neard PATH] [--volumes] [--script FILE] [--keep]

        --hosts N        how many hosts, 1 to 9; 3 if not given
        --lock WHERE     embedded, the default: in the hosts' own database; consul: in a Consul
        --profile NAME   times of the lock: fast, the default, or reference
        --neard PATH     another neard than the stand-in; it has to know "neard localnet"
        --volumes        replicated volumes on every host, with DRBD's kernel module played; with
                         the embedded lock
        --script FILE    carries out the commands in FILE and ends (tests/scripts/README.md)
        --keep           leaves the folder with logs, settings and ledger behind

      Exit status: 0, 1 if the script did not hold or a daemon did not start, 2 wrong arguments.
      """;

  /**
   * Reads the arguments, and the script.
   *
   * @param folder where the caller is: relative paths begin there
   * @throws IllegalArgumentException naming what cannot be used
   */
  static Options parse(Path folder, String... args) {
    Options options = new Options(3, Checkout.standIn(), "fast", "embedded", false, null, false);
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--keep")) {
        options = options.keeping();
      } else if (args[i].equals("--volumes")) {
        options = options.withVolumes();
      } else if (!List.of("--hosts", "--lock", "--neard", "--profile", "--script")
          .contains(args[i])) {
        throw new IllegalArgumentException(args[i] + ": unknown, see --help");
      } else if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + ": its value is missing, see --help");
      } else {
        options = options.with(folder, args[i], args[++i]);
      }
    }
    if (options.volumes && options.lock.equals("consul")) {
      throw new IllegalArgumentException(
          "--volumes: with --lock embedded, the hosts' own database");
    }
    return options;
  }

  private Options keeping() {
    return new Options(hosts, neard, profile, lock, volumes, script, true);
  }

  private Options withVolumes() {
    return new Options(hosts, neard, profile, lock, true, script, keep);
  }

  private Options with(Path folder, String name, String value) {
    return switch (name) {
      case "--hosts" -> new Options(number(value), neard, profile, lock, volumes, script, keep);
      case "--neard" ->
          new Options(hosts, program(folder, value), profile, lock, volumes, script, keep);
      case "--profile" ->
          new Options(
              hosts, neard, oneOf(name, value, "fast", "reference"), lock, volumes, script, keep);
      case "--lock" ->
          new Options(
              hosts,
              neard,
              profile,
              oneOf(name, value, "embedded", "consul"),
              volumes,
              script,
              keep);
      default -> new Options(hosts, neard, profile, lock, volumes, read(folder, value), keep);
    };
  }

  private static int number(String value) {
    if (!value.matches("[1-9]")) {
      throw new IllegalArgumentException("--hosts " + value + ": a number from 1 to 9 is wanted");
    }
    return Integer.parseInt(value);
  }

  private static String oneOf(String name, String value, String one, String other) {
    if (!List.of(one, other).contains(value)) {
      throw new IllegalArgumentException(
          "%s %s: %s or %s is wanted".formatted(name, value, one, other));
    }
    return value;
  }

  private static Path program(Path folder, String value) {
    Path given = folder.resolve(value).normalize();
    if (!value.contains("/")) {
      for (String each : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        Path found = folder.resolve(each).resolve(value);
        if (Files.isExecutable(found) && !Files.isDirectory(found)) {
          return found;
        }
      }
    }
    if (!Files.isExecutable(given) || Files.isDirectory(given)) {
      throw new IllegalArgumentException("--neard " + value + ": no program is there");
    }
    return given;
  }

  private static Lines read(Path folder, String value) {
    Path file = folder.resolve(value);
    try {
      return new Lines(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("--script " + value + ": cannot be read: " + e, e);
    }
  }
}
