package io.kneard.ctl.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * One connection to the daemon. Reading and writing wait until the deadline and no longer; closing
 * it from another thread ends a wait at once.
 */
final class UnixConnection extends InputStream {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final Path socket;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private Deadline deadline;

  private UnixConnection(Path socket, SocketChannel channel, Deadline deadline) throws IOException {
    this.socket = socket;
    this.channel = channel;
    this.deadline = deadline;
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  static UnixConnection open(Path socket, Deadline deadline) throws IOException {
    SocketChannel channel = UnixConnector.connect(socket, deadline);
    try {
      return new UnixConnection(socket, channel, deadline);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Moves the deadline for everything that follows. */
  void deadline(Deadline next) {
    this.deadline = next;
  }

  /**
   * Sends all of it, as far as the daemon takes it: one that refuses early closes its end first,
   * and its answer is still there to be read.
   */
  void send(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      int written;
      try {
        written = channel.write(rest);
      } catch (IOException closedByDaemon) {
        return;
      }
      if (written == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? Byte.toUnsignedInt(buffer.get()) : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  /** Whether there is at least one byte to take; false at the end. */
  private boolean fill() throws IOException {
    while (!buffer.hasRemaining()) {
      int count = channel.read(buffer.clear());
      buffer.flip();
      if (count < 0) {
        return false;
      }
      if (count == 0) {
        await(SelectionKey.OP_READ);
      }
    }
    return true;
  }

  private void await(int operation) throws IOException {
    try {
      key.interestOps(operation);
      while (true) {
        long left = deadline.leftMillis();
        if (left == 0) {
          throw NoAnswer.timedOut(socket, deadline.whole());
        }
        if (Thread.currentThread().isInterrupted()) {
          throw NoAnswer.interrupted(socket);
        }
        if (selector.select(left) > 0) {
          selector.selectedKeys().clear();
          return;
        }
      }
    } catch (ClosedSelectorException | CancelledKeyException closedHere) {
      throw new EOFException("the connection was closed here");
    }
  }

  @Override
  public void close() {
    try (channel) {
      selector.close();
    } catch (IOException e) {
      // Nothing is left to be said to the daemon.
    }
  }
}
