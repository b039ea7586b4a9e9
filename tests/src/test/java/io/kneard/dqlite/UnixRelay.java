package io.kneard.dqlite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Speaks like a node's local socket, and connects to nodes in the clear. */
final class UnixRelay implements AutoCloseable {
  private final Path path;
  private final ServerSocketChannel server;
  private final Dial dial;

  /** What is behind it. */
  private interface Dial {
    SocketChannel dial(String address, SocketChannel visitor) throws IOException;
  }

  /** To nodes that listen in the clear. */
  UnixRelay(Path path) throws IOException {
    this(path, UnixRelay::clear);
  }

  /**
   * To a node's own local socket.
   *
   * @param asked told of each address that somebody wants to reach
   */
  UnixRelay(Path path, Path socket, Consumer<String> asked) throws IOException {
    this(
        path,
        (address, visitor) -> {
          asked.accept(address);
          SocketChannel node = SocketChannel.open(UnixDomainSocketAddress.of(socket));
          node.write(ByteBuffer.wrap((address + "\n").getBytes(StandardCharsets.US_ASCII)));
          return node;
        });
  }

  private UnixRelay(Path path, Dial dial) throws IOException {
    this.dial = dial;
    this.path = path;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    start(this::accept);
  }

  Path path() {
    return path;
  }

  private void accept() throws IOException {
    while (server.isOpen()) {
      SocketChannel visitor = server.accept();
      start(() -> connect(visitor));
    }
  }

  private void connect(SocketChannel visitor) throws IOException {
    StringBuilder line = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (visitor.read(one.clear()) == 1 && one.get(0) != '\n') {
      line.append((char) one.get(0));
    }
    SocketChannel node = dial.dial(line.toString(), visitor);
    start(() -> pump(node, visitor));
    pump(visitor, node);
  }

  private static SocketChannel clear(String address, SocketChannel visitor) throws IOException {
    InetSocketAddress asked = NodeSettings.parseAddress("address", address);
    SocketChannel node =
        SocketChannel.open(new InetSocketAddress(asked.getHostString(), asked.getPort()));
    visitor.write(ByteBuffer.wrap("ok\n".getBytes(StandardCharsets.US_ASCII)));
    return node;
  }

  private static void pump(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try (from;
        to) {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
