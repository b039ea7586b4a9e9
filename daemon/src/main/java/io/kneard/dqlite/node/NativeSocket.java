package io.kneard.dqlite.node;

import static io.kneard.dqlite.node.LibC.LIBC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A Unix socket of the operating system's own, for what the JDK's cannot do: be handed to a C
 * library as a descriptor, and reach abstract names (unix(7)).
 */
final class NativeSocket implements ByteLink {
  private static final int STREAM = LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC;
  private static final int LONGEST_NAME = 107;

  private final int fd;

  private NativeSocket(int fd) {
    this.fd = fd;
  }

  /** Two sockets, each the other's peer. */
  record Pair(NativeSocket ours, int theirs) {
    /** Closes both; for when nobody took the second one over. */
    void close() throws IOException {
      ours.close();
      LIBC.close(theirs);
    }
  }

  /** A connected pair: one end to use here, one to hand out as a plain descriptor. */
  static Pair pair() throws IOException {
    int[] fds = new int[2];
    if (LIBC.socketpair(LibC.AF_UNIX, STREAM, 0, fds) != 0) {
      throw LibC.failure("socketpair");
    }
    return new Pair(new NativeSocket(fds[0]), fds[1]);
  }

  /** Connects to an abstract name, written with a leading {@code @} as dqlite does. */
  static NativeSocket connect(String name) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 2 || bytes[0] != '@' || bytes.length > LONGEST_NAME) {
      throw new IOException("abstract socket '" + name + "': @ and 1 to 106 bytes are wanted");
    }
    bytes[0] = 0;
    ByteBuffer address = ByteBuffer.allocateDirect(Short.BYTES + bytes.length);
    address.order(ByteOrder.nativeOrder()).putShort((short) LibC.AF_UNIX).put(bytes).flip();
    int fd = LIBC.socket(LibC.AF_UNIX, STREAM, 0);
    if (fd < 0) {
      throw LibC.failure("socket");
    }
    if (LIBC.connect(fd, address, address.remaining()) != 0) {
      IOException failure = LibC.failure("connect to " + name);
      LIBC.close(fd);
      throw failure;
    }
    return new NativeSocket(fd);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    long count;
    do {
      count = LIBC.read(fd, into, into.remaining());
    } while (count < 0 && LibC.interrupted());
    if (count < 0) {
      throw LibC.failure("read");
    }
    into.position(into.position() + (int) count);
    return count == 0 ? -1 : (int) count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      long count = LIBC.write(fd, from, from.remaining());
      if (count >= 0) {
        from.position(from.position() + (int) count);
      } else if (!LibC.interrupted()) {
        throw LibC.failure("write");
      }
    }
  }

  @Override
  public void shutdown() {
    LIBC.shutdown(fd, LibC.SHUT_RDWR);
  }

  @Override
  public void close() {
    LIBC.close(fd);
  }
}
