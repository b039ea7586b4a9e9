package io.kneard.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends bytes as they are, and never waits longer than its limit. */
final class RawClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "raw-client-limit");
            thread.setDaemon(true);
            return thread;
          });

  private final SocketChannel channel;

  RawClient(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    var unused = CLOCK.schedule(this::close, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  static String ask(Path socket, String method, String path, String body) throws IOException {
    try (RawClient client = new RawClient(socket)) {
      return client.send(request(method, path, body)).readAll();
    }
  }

  static String request(String method, String path, String body) {
    return "%s %s HTTP/1.1\r\nHost: kneard\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, path, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  RawClient sendNoMore() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Until the server closes the connection. */
  String readAll() throws IOException {
    return readUntil(null);
  }

  /** Until the text was seen, or the server closes the connection. */
  String readUntil(String wanted) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    while (wanted == null || !all.toString(StandardCharsets.UTF_8).contains(wanted)) {
      buffer.clear();
      int count;
      try {
        count = channel.read(buffer);
      } catch (java.net.SocketException e) {
        if (e.getMessage().contains("reset")) {
          break; // after the answer: the server did not want the rest of what was sent
        }
        throw e;
      }
      if (count < 0) {
        break;
      }
      all.write(buffer.array(), 0, count);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
