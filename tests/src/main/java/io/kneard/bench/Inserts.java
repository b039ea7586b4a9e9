package io.kneard.bench;

import io.kneard.dqlite.DqliteClient;
import io.kneard.testbed.Child;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Rows that are written one after the other, by us and by Debian's Go client. */
final class Inserts {
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int WARM_UP = 300;
  private static final int SECONDS = 15;

  private final Path scratch;
  private final PrintStream out;

  /**
   * Nothing is measured yet.
   *
   * @param scratch a folder for what the Go programs leave
   */
  Inserts(Path scratch, PrintStream out) {
    this.scratch = scratch;
    this.out = out;
  }

  /** Through our client, prepared once, at a host that need not lead. */
  void ours(DatabaseHost host, int count) throws Exception {
    try (DqliteClient client = host.client(CALL)) {
      client.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, text TEXT)");
      insert(client, WARM_UP);
      out.printf("  our client, mutual TLS           %s%n", new Times(insert(client, count)));
    }
  }

  private static long[] insert(DqliteClient client, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      client.execute("INSERT INTO t (text) VALUES (?)", "sixteen letters!");
      nanos[i] = System.nanoTime() - begun;
    }
    return nanos;
  }

  /** Through Debian's shell at the same node, which has to lead; its start is taken off. */
  void shell(DatabaseHost leader, int count) throws Exception {
    String one = "INSERT INTO t (text) VALUES ('sixteen letters!');\n";
    double start = shell(leader, "SELECT 1;\n");
    double whole = shell(leader, "SELECT 1;\n" + one.repeat(count));
    out.printf(
        Locale.ROOT,
        "  Debian's dqlite shell, the same                                mean %6.2f ms  of %d%n",
        (whole - start) / count / 1e6,
        count);
  }

  private double shell(DatabaseHost at, String input) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "dqlite",
            "-s",
            at.address(),
            "--cert",
            at.certificate().toString(),
            "--key",
            at.key().toString(),
            DatabaseHost.DATABASE);
    Path said = scratch.resolve("shell");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(Files.writeString(scratch.resolve("input"), input).toFile())
            .start();
    long begun = System.nanoTime();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("dqlite: " + Files.readString(said));
      }
      return System.nanoTime() - begun;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Debian's own benchmark, on nodes of its own, which are the same library without TLS. */
  void benchmark(int nodes) throws Exception {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      addresses.add("127.0.0.1:" + FreePort.next());
    }
    List<Child> children = new ArrayList<>();
    try {
      for (int i = nodes - 1; i >= 0; i--) {
        children.add(node(addresses, i));
      }
      OptionalInt end = children.get(nodes - 1).exit(PATIENCE);
      if (end.isEmpty() || end.getAsInt() != 0) {
        throw new IOException("dqlite-benchmark ended with " + end + ", see " + scratch);
      }
    } finally {
      children.forEach(Child::close);
    }
    out.printf("  Debian's dqlite-benchmark, no TLS %s%n", new Times(results(addresses.get(0))));
  }

  private Child node(List<String> addresses, int number) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("go-" + addresses.get(number)));
    List<String> command =
        new ArrayList<>(
            List.of("dqlite-benchmark", "--db", addresses.get(number), "--dir", folder.toString()));
    if (number > 0) {
      command.addAll(List.of("--join", addresses.get(0)));
    } else {
      command.addAll(List.of("--driver", "--cluster", String.join(",", addresses)));
      command.addAll(List.of("--duration", Integer.toString(SECONDS)));
      command.addAll(List.of("--key-size", "16", "--value-size", "16"));
    }
    return Child.start(scratch.resolve("benchmark.log"), Map.of(), command);
  }

  /**
   * A file for each kind of statement: a summary, a line for each with its moment and how many
   * milliseconds it took, and what failed.
   */
  private long[] results(String driver) throws IOException {
    try (Stream<Path> files = Files.walk(scratch.resolve("go-" + driver))) {
      Path exec =
          files
              .filter(file -> file.getFileName().toString().matches("0-exec-.*"))
              .findFirst()
              .orElseThrow(() -> new IOException("dqlite-benchmark has left no times"));
      return Files.readAllLines(exec).stream()
          .filter(line -> line.matches("\\d+ [\\d.]+"))
          .mapToLong(line -> (long) (Double.parseDouble(line.split(" ", 2)[1]) * 1e6))
          .toArray();
    }
  }
}
