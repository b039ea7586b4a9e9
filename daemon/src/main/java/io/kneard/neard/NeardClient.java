package io.kneard.neard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** neard's HTTP interface. Each call ends within its time-out, whatever neard does. */
public final class NeardClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NeardHttp http;

  /**
   * A client.
   *
   * @param address host and port of neard's RPC interface
   */
  public NeardClient(String address) {
    this.http = new NeardHttp(address);
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
    return get("/metrics", timeout);
  }

  /** JSON-RPC on the same address; closed with this client. */
  public NeardRpc rpc() {
    return new NeardRpc(http);
  }

  private static JsonNode json(String what, String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(what + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private String get(String path, Duration timeout) throws IOException {
    NeardHttp.Reply reply = http.get(path, timeout);
    if (reply.status() != HttpURLConnection.HTTP_OK) {
      throw new IOException("%s answered HTTP %d".formatted(path, reply.status()));
    }
    return reply.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
