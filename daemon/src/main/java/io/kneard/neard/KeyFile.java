package io.kneard.neard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a key file says about itself. The secret is not kept: it goes from file to file only.
 *
 * @param accountId the account it is for; empty if the file names none
 * @param publicKey {@code ed25519:} and base58, as neard's {@code /status} shows it
 */
public record KeyFile(String accountId, String publicKey) {
  /** Larger files are not key files. */
  public static final int MAX_BYTES = 64 * 1024;

  /** As strict as neard, so that what is accepted here does not fail there. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String ED25519 = "ed25519:";
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("(ed25519:)?[1-9A-HJ-NP-Za-km-z]{32,60}");
  private static final int PUBLIC_BYTES = 32;

  /** An ed25519 secret key is its seed followed by its public key. */
  private static final int SECRET_BYTES = 64;

  /**
   * Reads a key file.
   *
   * @throws IOException with the path and what is wrong, never with content, if it cannot be read
   *     or is not a key file
   */
  public static KeyFile read(Path file) throws IOException {
    return from(file, json(file));
  }

  /** As {@link #read}, of a file that was read already. */
  static KeyFile parse(Path file, byte[] content) throws IOException {
    return from(file, json(file, content));
  }

  /**
   * Reads a key file and looks whether its two keys belong together, which neard would find out
   * only when it is to sign.
   *
   * @throws IOException as {@link #read}, and if they do not
   */
  public static KeyFile readChecked(Path file) throws IOException {
    JsonNode json = json(file);
    KeyFile key = from(file, json);
    byte[] bytes = decoded(key.publicKey()).orElse(new byte[0]);
    if (bytes.length != PUBLIC_BYTES) {
      throw new IOException(file + ": public_key is not an ed25519 key of 32 bytes");
    }
    byte[] secret = decoded(secret(json)).orElse(new byte[0]);
    try {
      if (secret.length != SECRET_BYTES) {
        throw new IOException(file + ": its secret key is not an ed25519 key of 64 bytes");
      }
      if (!Arrays.equals(
          secret, SECRET_BYTES - PUBLIC_BYTES, SECRET_BYTES, bytes, 0, bytes.length)) {
        throw new IOException(file + ": its secret key does not belong to its public_key");
      }
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    return key;
  }

  private static KeyFile from(Path file, JsonNode json) throws IOException {
    String publicKey = json.path("public_key").asText("");
    if (publicKey.isEmpty()) {
      throw new IOException(file + ": public_key is missing");
    }
    if (!PUBLIC_KEY.matcher(publicKey).matches()) {
      throw new IOException(file + ": public_key is not ed25519:BASE58");
    }
    if (secret(json).isEmpty()) {
      throw new IOException(file + ": has neither secret_key nor private_key");
    }
    return new KeyFile(
        json.path("account_id").asText(""),
        publicKey.startsWith(ED25519) ? publicKey : ED25519 + publicKey);
  }

  private static String secret(JsonNode json) {
    return json.path(json.hasNonNull("secret_key") ? "secret_key" : "private_key").asText("");
  }

  private static Optional<byte[]> decoded(String key) {
    return Base58.decode(key.startsWith(ED25519) ? key.substring(ED25519.length()) : key);
  }

  private static JsonNode json(Path file) throws IOException {
    byte[] bytes = bytes(file);
    try {
      return json(file, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static JsonNode json(Path file, byte[] content) throws IOException {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      // Neither its message nor the exception itself: they quote the content.
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IOException(file + ": not JSON, line " + line);
    }
  }

  /** The whole file, which the caller has to wipe. */
  static byte[] bytes(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": not a file"); // reading a pipe would wait for ever
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(
            "%s: larger than %d bytes: not a key file".formatted(file, MAX_BYTES));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such key file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": this user may not read it", e);
    }
  }
}
