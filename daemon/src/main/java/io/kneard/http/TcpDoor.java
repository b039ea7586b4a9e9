package io.kneard.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** A TCP port; everybody who reaches it is served. */
public final class TcpDoor implements Door {
  private static final int BACKLOG = 16;

  private final ServerSocket server;

  /**
   * Listens.
   *
   * @param address port 0 chooses a free one
   * @throws IOException with the address in its message, if it cannot be listened on
   */
  public TcpDoor(InetSocketAddress address) throws IOException {
    server = new ServerSocket();
    try {
      server.setReuseAddress(true); // a restart must not wait for TIME_WAIT
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public Optional<Visitor> accept() throws IOException {
    Socket socket;
    try {
      socket = server.accept();
    } catch (SocketException e) {
      if (server.isClosed()) {
        return Optional.empty();
      }
      throw e;
    }
    try {
      socket.setTcpNoDelay(true); // an answer is several writes; none is worth waiting for
    } catch (SocketException e) {
      socket.close();
      throw e;
    }
    return Optional.of(new TcpVisitor(socket));
  }

  @Override
  public void close() {
    Quietly.close(server);
  }

  private record TcpVisitor(Socket socket) implements Visitor {
    @Override
    public Optional<String> objection() {
      return Optional.empty();
    }

    @Override
    public void hangUp() {
      Quietly.close(socket); // ends a blocked read or write; the JDK keeps the number until then
    }

    @Override
    public void close() {
      Quietly.close(socket);
    }
  }
}
