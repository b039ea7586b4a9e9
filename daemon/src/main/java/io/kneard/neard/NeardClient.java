package io.kneard.neard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * neard's HTTP interface. Each call ends within its time-out, whatever the other side does: a hung
 * neard accepts connections and never answers. A new connection for each call, so that a restart of
 * neard is never taken for a failure of the next one.
 */
public final class NeardClient implements AutoCloseable {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final ScheduledExecutorService cutter =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "neard-timeouts");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A client.
   *
   * @param address host and port of neard's RPC interface
   */
  public NeardClient(String address) {
    this.base = URI.create("http://" + address);
  }

  /**
   * Asks {@code /status}.
   *
   * @throws IOException with a sentence that says what is wrong, if there was no useful answer
   */
  public NeardStatus status(Duration timeout) throws IOException {
    JsonNode json = json("/status", get("/status", timeout));
    JsonNode sync = json.path("sync_info");
    if (!sync.path("latest_block_height").canConvertToLong() || !sync.path("syncing").isBoolean()) {
      throw new IOException("/status has no sync_info with latest_block_height and syncing");
    }
    return new NeardStatus(
        sync.path("latest_block_height").asLong(),
        sync.path("syncing").asBoolean(),
        Optional.ofNullable(json.path("validator_public_key").asText(null)),
        json.path("version").path("version").asText("unknown"),
        json.path("chain_id").asText("unknown"));
  }

  /** The text of {@code /metrics}. */
  public String metrics(Duration timeout) throws IOException {
    return new String(get("/metrics", timeout), StandardCharsets.UTF_8);
  }

  private static JsonNode json(String what, byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(what + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private byte[] get(String path, Duration timeout) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Connection", "close");
    ScheduledFuture<?> cut =
        cutter.schedule(connection::disconnect, timeout.toNanos(), TimeUnit.NANOSECONDS);
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("%s answered HTTP %d".formatted(path, status));
      }
      try (InputStream body = connection.getInputStream()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("%s is larger than %d bytes".formatted(path, MAX_BYTES));
        }
        return bytes;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new IOException("%s did not answer within %d ms".formatted(path, millis), e);
    } catch (java.net.SocketException e) {
      String why =
          cut.isDone()
              ? "%s did not answer within %d ms".formatted(path, millis)
              : "%s: %s".formatted(path, e.getMessage());
      throw new IOException(why, e);
    } finally {
      cut.cancel(false);
      connection.disconnect();
    }
  }

  @Override
  public void close() {
    cutter.shutdownNow();
  }
}
