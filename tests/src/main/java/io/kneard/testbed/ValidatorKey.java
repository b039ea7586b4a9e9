package io.kneard.testbed;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;

/** A real ed25519 key in neard's form. */
public final class ValidatorKey {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private ValidatorKey() {}

  /** Writes a new key, readable by the owner only. */
  public static void write(Path file, String account) throws IOException {
    byte[] publicKey;
    byte[] seed;
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      publicKey = tail(pair.getPublic().getEncoded());
      seed = tail(pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    byte[] secret = Arrays.copyOf(seed, 64);
    System.arraycopy(publicKey, 0, secret, 32, 32);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "{\"account_id\": \"%s\", \"public_key\": \"ed25519:%s\", \"secret_key\": \"ed25519:%s\"}"
            .formatted(account, base58(publicKey), base58(secret)));
  }

  private static byte[] tail(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static String base58(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    BigInteger base = BigInteger.valueOf(58);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      text.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }
}
