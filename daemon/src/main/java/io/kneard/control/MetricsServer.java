package io.kneard.control;

import io.kneard.http.HttpServer;
import io.kneard.http.Limits;
import io.kneard.http.TcpDoor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** The port for Prometheus, in operation. */
public final class MetricsServer implements AutoCloseable {
  private static final Limits LIMITS =
      Limits.USUAL.withConnections(8).withTimes(Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** What is served; called from several threads, answers at once. */
  public interface Source {
    /** The metrics, in Prometheus' text format. */
    String page();

    /** What is wrong with the daemon itself; empty if nothing is. */
    Optional<String> problem();

    /** neard's process id. */
    Optional<Long> neardPid();
  }

  private final TcpDoor door;
  private final HttpServer server;

  private MetricsServer(TcpDoor door, HttpServer server) {
    this.door = door;
    this.server = server;
  }

  /**
   * Listens, and serves.
   *
   * @param address port 0 chooses a free one
   * @throws IOException that names the setting and the address, if it cannot be listened on
   */
  public static MetricsServer start(InetSocketAddress address, Source source) throws IOException {
    TcpDoor door;
    try {
      door = new TcpDoor(address);
    } catch (IOException e) {
      throw new IOException("metrics.address: " + e.getMessage() + "; set another address", e);
    }
    return new MetricsServer(
        door, HttpServer.start("metrics", door, new MetricsRoutes(source), LIMITS));
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return door.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
