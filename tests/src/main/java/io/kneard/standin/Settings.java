package io.kneard.standin;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What neard reads from its home at a start and at each SIGHUP.
 *
 * @param port of {@code rpc.addr}
 * @param expectedShutdown the height to stop at
 * @param keyFile where the validator key would be
 */
record Settings(int port, Optional<Long> expectedShutdown, Path keyFile) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  static Settings read(Path home) throws IOException {
    JsonNode json = JSON.readTree(Files.readAllBytes(home.resolve("config.json")));
    String address = json.path("rpc").path("addr").asText("0.0.0.0:3030");
    JsonNode height = json.path("expected_shutdown");
    return new Settings(
        Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
        height.isNumber() ? Optional.of(height.asLong()) : Optional.empty(),
        home.resolve(json.path("validator_key_file").asText("validator_key.json")));
  }

  /** The key in the slot: empty if the file is absent, an exception if it is no key. */
  Optional<String> publicKey() throws IOException {
    if (!Files.exists(keyFile)) {
      return Optional.empty();
    }
    String key = JSON.readTree(Files.readAllBytes(keyFile)).path("public_key").asText("");
    if (key.isEmpty()) {
      throw new IOException(keyFile + " has no public_key");
    }
    return Optional.of(key);
  }
}
