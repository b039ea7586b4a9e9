package io.kneard.neard;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * Requests to neard. Each ends within its time-out, whatever the other side does: a hung neard
 * accepts connections and never answers. A new connection for each request, so that a restart of
 * neard is never taken for a failure of the next one.
 */
final class NeardHttp implements AutoCloseable {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();

  /**
   * An answer of any kind.
   *
   * @param status of HTTP
   * @param body empty if there is none
   */
  record Reply(int status, String body) {}

  private final URI base;
  private final ScheduledExecutorService cutter =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "neard-timeouts");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param address host and port of neard's RPC interface
   */
  NeardHttp(String address) {
    this.base = URI.create("http://" + address);
  }

  Reply get(String path, Duration timeout) throws IOException {
    return exchange(path, new BasicClassicHttpRequest("GET", path), timeout);
  }

  /**
   * @param what the request's name in messages
   */
  Reply post(String what, String json, Duration timeout) throws IOException {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", "/");
    StringEntity entity = new StringEntity(json, ContentType.APPLICATION_JSON);
    request.setEntity(entity);
    request.setHeader("Content-Type", entity.getContentType());
    request.setHeader("Content-Length", entity.getContentLength());
    return exchange(what, request, timeout);
  }

  /**
   * @throws IOException with a sentence that names {@code what}, if there was no whole answer
   */
  private Reply exchange(String what, BasicClassicHttpRequest request, Duration timeout)
      throws IOException {
    request.setHeader("Host", base.getAuthority());
    request.setHeader("Connection", "close");
    Socket socket = new Socket();
    ScheduledFuture<?> cut = cut(socket, timeout);
    try (socket) {
      int millis = Math.toIntExact(timeout.toMillis());
      socket.setSoTimeout(millis);
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), millis);
      return converse(socket, request);
    } catch (IOException | HttpException e) {
      // Cut off in the middle, it fails in ways that depend on how far it has got.
      boolean late = cut.getDelay(TimeUnit.NANOSECONDS) <= 0 || e instanceof SocketTimeoutException;
      throw new IOException(
          late
              ? "%s did not answer within %d ms".formatted(what, timeout.toMillis())
              : "%s: %s".formatted(what, e.getMessage()),
          e);
    } finally {
      cut.cancel(false);
    }
  }

  private ScheduledFuture<?> cut(Socket socket, Duration after) throws IOException {
    try {
      return cutter.schedule(() -> close(socket), after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("neard is being started anew", e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed it is, and whoever reads from it hears of it.
    }
  }

  private static Reply converse(Socket socket, BasicClassicHttpRequest request)
      throws IOException, HttpException {
    DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
    connection.bind(socket);
    connection.sendRequestHeader(request);
    if (request.getEntity() != null) {
      connection.sendRequestEntity(request);
    }
    connection.flush();
    ClassicHttpResponse response = connection.receiveResponseHeader();
    connection.receiveResponseEntity(response);
    return new Reply(response.getCode(), body(response.getEntity()));
  }

  private static String body(HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    InputStream body = entity.getContent(); // not closed: that would wait for the rest
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("the answer is larger than %d bytes".formatted(MAX_BYTES));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Takes no more requests; those under way keep their bounds. */
  @Override
  public void close() {
    cutter.shutdown();
  }
}
