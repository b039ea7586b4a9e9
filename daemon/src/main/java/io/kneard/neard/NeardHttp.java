package io.kneard.neard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests to neard. Each ends within its time-out, whatever the other side does: a hung neard
 * accepts connections and never answers. A new connection for each request, so that a restart of
 * neard is never taken for a failure of the next one.
 */
final class NeardHttp implements AutoCloseable {
  private static final int MAX_BYTES = 4 * 1024 * 1024;

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
    return exchange(path, path, null, timeout);
  }

  /**
   * @param what the request's name in messages
   */
  Reply post(String what, byte[] json, Duration timeout) throws IOException {
    return exchange(what, "/", json, timeout);
  }

  /**
   * @param json what is posted; null for a GET
   * @throws IOException with a sentence that names {@code what}, if there was no whole answer
   */
  private Reply exchange(String what, String path, byte[] json, Duration timeout)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Connection", "close");
    ScheduledFuture<?> cut = cut(connection, timeout);
    try {
      if (json != null) {
        send(connection, json);
      }
      int status = connection.getResponseCode();
      return new Reply(status, body(what, connection, status));
    } catch (SocketTimeoutException e) {
      throw new IOException("%s did not answer within %d ms".formatted(what, millis), e);
    } catch (SocketException e) {
      String why =
          cut.isDone()
              ? "%s did not answer within %d ms".formatted(what, millis)
              : "%s: %s".formatted(what, e.getMessage());
      throw new IOException(why, e);
    } finally {
      cut.cancel(false);
      connection.disconnect();
    }
  }

  private ScheduledFuture<?> cut(HttpURLConnection connection, Duration after) throws IOException {
    try {
      return cutter.schedule(connection::disconnect, after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("neard is being started anew", e);
    }
  }

  private static void send(HttpURLConnection connection, byte[] json) throws IOException {
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(json.length);
    connection.setRequestProperty("Content-Type", "application/json");
    try (OutputStream out = connection.getOutputStream()) {
      out.write(json);
    }
  }

  private static String body(String what, HttpURLConnection connection, int status)
      throws IOException {
    boolean failed = status >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = failed ? connection.getErrorStream() : connection.getInputStream()) {
      byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("%s is larger than %d bytes".formatted(what, MAX_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    cutter.shutdownNow();
  }
}
