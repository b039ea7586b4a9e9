package io.kneard.control;

import io.kneard.http.Handler;
import io.kneard.http.HttpServer;
import io.kneard.http.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The control socket, in operation. */
public final class ControlServer implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final ControlSocket socket;
  private final HttpServer server;

  private ControlServer(ControlSocket socket, HttpServer server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Opens the socket and serves it.
   *
   * @param path where; its folder is made if it is missing
   * @param group whose members may use it (mode 0660); if there is no such group, a warning, and
   *     only root and the daemon's user may (0600)
   * @param core answers what begins with {@code /core/}
   * @param mesh answers what is about volumes
   * @param isMesh whether a path is
   * @throws IOException that names the path and what is wanted; {@code already running, pid N} if
   *     another daemon uses it
   */
  public static ControlServer start(
      Path path,
      String group,
      Operations operations,
      Handler core,
      Handler mesh,
      Predicate<String> isMesh)
      throws IOException {
    ControlRoutes own = new ControlRoutes(operations, HEARTBEAT);
    return start(path, group, new CoreDispatch(core, mesh, isMesh, own), Limits.USUAL);
  }

  static ControlServer start(Path path, String group, Operations operations) throws IOException {
    return start(path, group, operations, Limits.USUAL, HEARTBEAT);
  }

  /**
   * Who listens on the socket now.
   *
   * @return {@code pid N}; empty if nobody does
   * @throws IOException if it cannot be found out
   */
  public static Optional<String> listener(Path path) throws IOException {
    return LiveSocket.at(path).map(LiveSocket::toString);
  }

  static ControlServer start(
      Path path, String group, Operations operations, Limits limits, Duration heartbeat)
      throws IOException {
    return start(path, group, new ControlRoutes(operations, heartbeat), limits);
  }

  private static ControlServer start(Path path, String group, Handler routes, Limits limits)
      throws IOException {
    ControlSocket socket = ControlSocket.open(path, group);
    try {
      UnixDoor door = new UnixDoor(socket);
      return new ControlServer(socket, HttpServer.start("control", door, routes, limits));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Lets nobody in any more, ends what is open within about a second, and removes the socket if it
   * is still this one.
   */
  @Override
  public void close() {
    server.close();
    socket.close();
  }
}
