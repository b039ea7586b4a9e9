package io.kneard.dqlite.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where this host's programs come in: a Unix socket in the node's home, which only its owner can
 * enter. They say with one line which node they want, {@code host:port}, and get one line back,
 * {@code ok} or why not; then they speak with that node. So they reach the whole cluster over the
 * node's TLS and need no keys.
 */
final class LocalDoor {
  /** The kernel takes 107 bytes (unix(7)), the JDK one less. */
  private static final int LONGEST_PATH = 106;

  private static final int LONGEST_LINE = 300;
  private static final int BACKLOG = 64;

  private final ServerSocketChannel server;
  private final Path path;
  private final String ownAddress;
  private final Optional<Network> network;
  private final Library library;
  private final Links links;
  private final Problems problems;

  private LocalDoor(
      ServerSocketChannel server,
      Path path,
      String ownAddress,
      Optional<Network> network,
      Library library,
      Links links,
      Problems problems) {
    this.server = server;
    this.path = path;
    this.ownAddress = ownAddress;
    this.network = network;
    this.library = library;
    this.links = links;
    this.problems = problems;
  }

  /** Opens the door; the caller owns the home, so a socket that is there is left over. */
  static LocalDoor open(
      Path path,
      String ownAddress,
      Optional<Network> network,
      Library library,
      Links links,
      Problems problems)
      throws IOException {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PATH) {
      throw new IOException(
          "socket %s: the path has %d bytes: at most %d, a limit of Unix sockets"
              .formatted(path, length, LONGEST_PATH));
    }
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    LocalDoor door = new LocalDoor(server, path, ownAddress, network, library, links, problems);
    NodeThreads.start("local door", door::accept);
    return door;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        NodeThreads.start("local visitor", () -> welcome(channel));
      } catch (IOException e) {
        if (server.isOpen()) {
          problems.report("local socket", "accept: " + e.getMessage());
          NodeThreads.rest(NodeThreads.SHORT_REST);
        }
      }
    }
  }

  private void welcome(SocketChannel channel) {
    LocalLink visitor = new LocalLink(channel);
    try {
      String wanted = links.bounded(visitor::shutdown, () -> readLine(channel));
      ByteLink node;
      try {
        node = reach(wanted);
      } catch (IOException | IllegalArgumentException e) {
        answer(visitor, String.valueOf(e.getMessage()));
        visitor.close();
        return;
      }
      answer(visitor, "ok");
      links.connect("local", visitor, node);
    } catch (IOException | RuntimeException e) {
      visitor.close();
    }
  }

  private ByteLink reach(String address) throws IOException {
    if (address.equals(ownAddress)) {
      return library.reach();
    }
    return network.orElseThrow(() -> new IOException("this node has no network")).dial(address);
  }

  private static void answer(LocalLink visitor, String line) throws IOException {
    byte[] bytes = (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    visitor.write(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
  }

  /** Byte by byte: what follows the line is not ours. */
  private static String readLine(SocketChannel channel) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
    ByteBuffer one = ByteBuffer.allocate(1);
    while (line.hasRemaining() && channel.read(one.clear()) == 1) {
      if (one.get(0) == '\n') {
        return new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
      }
      line.put(one.get(0));
    }
    throw new IOException("a line with an address is wanted");
  }

  /** Lets nobody in any more. */
  void shut() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      problems.report("local socket", "close: " + e.getMessage());
    }
  }
}
