package io.kneard.bench;

import io.kneard.dqlite.DqliteClient;
import io.kneard.testbed.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host's database from outside: its client, its process and its files.
 *
 * @param host a member of a cluster
 * @param cluster its folder
 */
record DatabaseHost(HostProcess host, Path cluster) {
  static final String DATABASE = "bench";

  DqliteClient client(Duration timeout) throws IOException {
    return new DqliteClient(
        cluster.resolve("database/dqlite.sock"), address(), DATABASE, 1, timeout);
  }

  /** Of its database. */
  String address() throws IOException {
    Path file = cluster.resolve("member.yaml");
    Matcher line =
        Pattern.compile("(?m)^node_address: \"?([^\"\\n]+)\"?$").matcher(Files.readString(file));
    if (!line.find()) {
      throw new IOException(file + ": no node_address");
    }
    return line.group(1);
  }

  Path certificate() {
    return cluster.resolve("server.crt");
  }

  Path key() {
    return cluster.resolve("server.key");
  }

  /** Its database's process, which the daemon has started. */
  ProcessHandle process() throws IOException {
    return ProcessHandle.of(host.daemon().pid()).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().commandLine().orElse("").contains(".NodeMain"))
        .findFirst()
        .orElseThrow(() -> new IOException(host.name() + " has no database process"));
  }
}
