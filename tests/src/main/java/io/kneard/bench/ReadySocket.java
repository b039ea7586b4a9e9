package io.kneard.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** Hears when a daemon says that it supervises, as systemd would. */
final class ReadySocket implements AutoCloseable {
  private final Path path;
  private final UnixDatagramChannel channel;

  ReadySocket(Path path) throws IOException {
    this.path = path;
    this.channel = UnixDatagramChannel.open();
    channel.bind(new UnixSocketAddress(path.toString()));
    channel.configureBlocking(false);
  }

  Path path() {
    return path;
  }

  /** Forgets what was said before. */
  void clear() {
    while (!next().isEmpty()) {
      // Of a daemon that is gone.
    }
  }

  /**
   * Waits for the message.
   *
   * @throws IOException if it does not come in time
   */
  void await(Duration patience) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!next().contains("READY=1")) {
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException("the daemon was not ready within " + patience);
      }
      Thread.sleep(1);
    }
  }

  private String next() {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    try {
      channel.receive(buffer);
    } catch (IOException e) {
      return ""; // nothing there
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
