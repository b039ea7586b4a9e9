package io.kneard.daemon;

import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** What a Consul and a neard answer to a daemon that finds everything in order. */
final class RehearsedAnswers implements Handler {
  /** Well formed, and nobody's: both halves are zeros. */
  private static final String PUBLIC_KEY = "ed25519:" + "1".repeat(32);

  /** A key file with it. */
  static final String KEY =
      """
      {"account_id": "rehearsal", "public_key": "%s", "secret_key": "ed25519:%s"}
      """
          .formatted(PUBLIC_KEY, "1".repeat(64));

  private static final Duration UNCHANGED = Duration.ofMillis(50);

  private final Path slot;
  private volatile String lock = entry("null", "{\"NodeId\": \"other\", \"Released\": true}");

  RehearsedAnswers(Path home) {
    this.slot = home.resolve("validator_key.json");
  }

  @Override
  public Answer answer(Call call) {
    String path = call.path();
    if (path.equals("/status")) {
      return json(200, status());
    }
    if (path.equals("/v1/session/create")) {
      return json(200, "{\"ID\": \"rehearsal\"}");
    }
    if (path.startsWith("/v1/session/renew/")) {
      return json(200, "[{\"ID\": \"rehearsal\", \"LockDelay\": 0, \"CreateIndex\": 1}]");
    }
    if (path.startsWith("/v1/kv/") && call.method().equals("PUT")) {
      lock = entry("\"rehearsal\"", new String(call.body(), StandardCharsets.UTF_8));
      return json(200, "true");
    }
    if (path.startsWith("/v1/kv/")) {
      Threads.rest(UNCHANGED); // as a look that waits for a change
      return json(200, lock);
    }
    if (path.equals("/v1/txn")) {
      return json(200, "{\"Results\": [{}, {}]}");
    }
    return path.equals("/v1/session/list") ? json(200, "[]") : json(200, "true");
  }

  @Override
  public Answer refusal(int status, String message) {
    return json(status, "");
  }

  private String status() {
    String key = Files.exists(slot) ? "\"" + PUBLIC_KEY + "\"" : "null";
    return """
        {"chain_id": "rehearsal", "version": {"version": "0", "build": "0"},
         "sync_info": {"latest_block_height": 1, "syncing": false},
         "validator_public_key": %s}
        """
        .formatted(key);
  }

  private static String entry(String session, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return """
        [{"Key": "kneard-leader/rehearsal", "Value": "%s", "Session": %s, "Flags": 0,
          "LockIndex": 1, "CreateIndex": 1, "ModifyIndex": 1}]
        """
        .formatted(Base64.getEncoder().encodeToString(bytes), session);
  }

  private static Answer json(int status, String body) {
    return new Answer.Whole(
        status,
        "application/json",
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("X-Consul-Index", "1"));
  }
}
