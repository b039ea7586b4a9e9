package io.kneard.neard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a key file says about itself. The secret is not kept: it goes from file to file only.
 *
 * @param accountId the account it is for
 * @param publicKey {@code ed25519:} and base58, as neard's {@code /status} shows it
 */
public record KeyFile(String accountId, String publicKey) {
  /** Larger files are not key files. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a key file.
   *
   * @throws IOException with the path and what is wrong, never with content, if it cannot be read
   *     or is not a key file
   */
  public static KeyFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such key file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("%s: larger than %d bytes: not a key file".formatted(file, MAX_BYTES));
    }
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Its message would quote the content.
      throw new IOException(file + ": not JSON, line " + e.getLocation().getLineNr());
    }
    String publicKey = text(file, json, "public_key");
    if (!publicKey.matches("(ed25519:)?[1-9A-HJ-NP-Za-km-z]{32,60}")) {
      throw new IOException(file + ": public_key is not ed25519:BASE58");
    }
    if (!json.hasNonNull("secret_key") && !json.hasNonNull("private_key")) {
      throw new IOException(file + ": has neither secret_key nor private_key");
    }
    String account = json.path("account_id").asText("");
    return new KeyFile(account, publicKey.contains(":") ? publicKey : "ed25519:" + publicKey);
  }

  private static String text(Path file, JsonNode json, String name) throws IOException {
    String value = json == null ? "" : json.path(name).asText("");
    if (value.isEmpty()) {
      throw new IOException("%s: %s is missing".formatted(file, name));
    }
    return value;
  }
}
