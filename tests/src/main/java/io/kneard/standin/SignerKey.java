package io.kneard.standin;

import io.kneard.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key as neard keeps it in a file. The secret is checked and forgotten.
 *
 * @param accountId whose key it is
 * @param publicKey {@code ed25519:} and base 58
 */
public record SignerKey(String accountId, String publicKey) {
  private static final String TYPE = "ed25519:";

  /**
   * Reads and checks a key file.
   *
   * @throws IllegalArgumentException if it is no JSON, or its halves are no ed25519 key pair; the
   *     secret is in no message
   */
  public static SignerKey read(Path file) throws IOException {
    Map<String, Object> json = Json.readObject(Files.readString(file));
    Object secret = json.getOrDefault("secret_key", json.get("private_key"));
    if (!(json.get("account_id") instanceof String account)
        || !(json.get("public_key") instanceof String publicKey)
        || !(secret instanceof String secretText)) {
      throw new IllegalArgumentException(
          file + ": account_id, public_key and secret_key are wanted");
    }
    byte[] publicBytes = bytes(publicKey);
    byte[] secretBytes = bytes(secretText);
    if (publicBytes.length != 32 || secretBytes.length != 64) {
      throw new IllegalArgumentException(file + ": 32 and 64 bytes of ed25519 are wanted");
    }
    if (!Arrays.equals(publicBytes, Arrays.copyOfRange(secretBytes, 32, 64))) {
      throw new IllegalArgumentException(file + ": secret_key is not that of " + publicKey);
    }
    return new SignerKey(account, publicKey);
  }

  private static byte[] bytes(String key) {
    if (!key.startsWith(TYPE)) {
      throw new IllegalArgumentException("a key that does not begin with " + TYPE);
    }
    return Base58.decode(key.substring(TYPE.length()));
  }

  /** Writes a new key pair to a file of mode 0600. */
  public static SignerKey generate(Path file, String accountId) throws IOException {
    KeyPair pair = newPair();
    byte[] publicBytes = lastBytes(pair.getPublic().getEncoded());
    byte[] both = Arrays.copyOf(lastBytes(pair.getPrivate().getEncoded()), 64);
    System.arraycopy(publicBytes, 0, both, 32, 32);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("account_id", accountId);
    json.put("public_key", TYPE + Base58.encode(publicBytes));
    json.put("secret_key", TYPE + Base58.encode(both));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Json.write(json) + "\n");
    return read(file);
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /** Both encodings of an Ed25519 key end with its 32 bytes (RFC 8410). */
  private static byte[] lastBytes(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }
}
