package io.kneard.daemon;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeHome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A cluster with one member, which reaches itself also as it would reach another. */
final class RehearsedCluster {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final Path folder;
  private final int port;
  private boolean begun;

  private RehearsedCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** One that keeps its files in a folder of that one. */
  static RehearsedCluster in(Path folder) throws IOException {
    while (true) {
      try (ServerSocket free = new ServerSocket(0);
          ServerSocket next = new ServerSocket(free.getLocalPort() + 1)) {
        return new RehearsedCluster(folder.resolve("cluster"), next.getLocalPort() - 1);
      } catch (IOException | IllegalArgumentException e) {
        // The database's port, the next one, is somebody's, or there is no next one.
      }
    }
  }

  String settings() {
    return "[cluster]\ndir = \"%s\"\naddress = \"127.0.0.1:%d\"".formatted(folder, port);
  }

  /**
   * Goes on with founding it.
   *
   * @return whether there is no more to rehearse: it is founded, or cannot be on this host
   * @throws ControlException as long as the daemon does not listen or the database is not there
   */
  boolean isOver(ControlClient control) throws ControlException, DqliteException {
    if (!begun) {
      control.status();
      begun = true;
      try {
        control.cluster().begin(new Control(true, Map.of(), null, null, null));
      } catch (ControlException e) {
        System.err.println("kneard-java: no cluster was rehearsed: " + e.getMessage());
        return true;
      }
    }
    control.cluster().list();
    // The node knows itself by its number, so this goes out and in again by TLS.
    String other = "localhost:" + (port + 1);
    Path socket = new NodeHome(folder.resolve("database")).socket();
    try (DqliteClient client = new DqliteClient(socket, other, "rehearsal", 1, BOUND)) {
      client.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
      return client.query("SELECT n FROM t").isEmpty();
    }
  }
}
