package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** Where other nodes come in: mutual TLS, and then on to the library. */
final class NetworkDoor {
  private static final int BACKLOG = 64;

  /** Whoever has not shown a certificate yet costs a thread for some seconds; not too many may. */
  private static final int STRANGERS = 32;

  private final ServerSocket server;
  private final Network network;
  private final Library library;
  private final Links links;
  private final Problems problems;
  private final Semaphore strangers = new Semaphore(STRANGERS);

  private NetworkDoor(
      ServerSocket server, Network network, Library library, Links links, Problems problems) {
    this.server = server;
    this.network = network;
    this.library = library;
    this.links = links;
    this.problems = problems;
  }

  /** Opens the door. */
  static NetworkDoor open(
      String listen, Network network, Library library, Links links, Problems problems)
      throws IOException {
    InetSocketAddress at = NodeSettings.parseAddress("listen", listen);
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(
          new InetSocketAddress(InetAddress.getByName(at.getHostString()), at.getPort()), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
    NetworkDoor door = new NetworkDoor(server, network, library, links, problems);
    NodeThreads.start("door", door::accept);
    return door;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        strangers.acquireUninterruptibly();
        NodeThreads.start("visitor", () -> welcome(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          problems.report("network", "accept: " + e.getMessage());
          NodeThreads.rest(
              NodeThreads.SHORT_REST); // such as too many open files: it will not be over at once
        }
      }
    }
  }

  private void welcome(Socket socket) {
    TlsLink visitor = null;
    try {
      visitor = network.welcome(socket);
    } catch (IOException | RuntimeException e) {
      problems.report("visitor", "from " + socket.getRemoteSocketAddress() + ": " + e.getMessage());
      Network.closeNow(socket);
    } finally {
      strangers.release();
    }
    if (visitor != null) {
      library.join("net", visitor, links, problems);
    }
  }

  /** Lets nobody in any more. */
  void shut() {
    try {
      server.close();
    } catch (IOException e) {
      problems.report("network", "close: " + e.getMessage());
    }
  }
}
