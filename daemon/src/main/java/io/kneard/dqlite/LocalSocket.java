package io.kneard.dqlite;

import io.kneard.dqlite.wire.MalformedMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection through a node's local socket to a node of its cluster, with bounded waits. */
final class LocalSocket implements AutoCloseable {
  private static final int LONGEST_ANSWER = 1024;
  private static final int BUFFER = 8192;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

  private LocalSocket(SocketChannel channel, Selector selector, SelectionKey key) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
  }

  /**
   * Connects.
   *
   * @param socket the local node's socket
   * @param address the wanted node, this or another
   */
  static LocalSocket connect(Path socket, String address, Deadline deadline) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
        throw new IOException("too many wait at the node's socket");
      }
      Selector selector = Selector.open();
      LocalSocket made =
          new LocalSocket(channel, selector, channel.register(selector, SelectionKey.OP_READ));
      try {
        made.write(ByteBuffer.wrap((address + "\n").getBytes(StandardCharsets.UTF_8)), deadline);
        made.expectOk(deadline);
        return made;
      } catch (IOException e) {
        selector.close();
        throw e;
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void expectOk(Deadline deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LONGEST_ANSWER) {
      fill(deadline);
      char next = (char) (in.get() & 0xff);
      if (next == '\n') {
        if (line.toString().equals("ok")) {
          return;
        }
        throw new IOException(line.toString());
      }
      line.append(next);
    }
    throw new MalformedMessage("a line is wanted from the node's socket");
  }

  /** Reads until the buffer is full. */
  void read(ByteBuffer into, Deadline deadline) throws IOException {
    while (into.hasRemaining()) {
      fill(deadline);
      int count = Math.min(in.remaining(), into.remaining());
      into.put(in.slice().limit(count));
      in.position(in.position() + count);
    }
  }

  /** Sees to it that there is at least one byte. */
  private void fill(Deadline deadline) throws IOException {
    while (!in.hasRemaining()) {
      int count = channel.read(in.clear());
      in.flip();
      if (count < 0) {
        throw new EOFException("the node closed the connection");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
  }

  void write(ByteBuffer from, Deadline deadline) throws IOException {
    while (from.hasRemaining()) {
      if (channel.write(from) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private void await(int operation, Deadline deadline) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    if (deadline.passed()) {
      throw new InterruptedIOException("no answer in time");
    }
    key.interestOps(operation);
    selector.select(Math.max(1, deadline.remaining().toMillis()));
    selector.selectedKeys().clear();
  }

  @Override
  public void close() {
    try (selector;
        channel) {
      in.limit(0);
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
