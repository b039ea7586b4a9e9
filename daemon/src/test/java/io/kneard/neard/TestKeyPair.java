package io.kneard.neard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;

/** A real pair of keys in neard's notation. */
public record TestKeyPair(String publicKey, String secretKey) {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  public static TestKeyPair fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] open = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      byte[] secret =
          Arrays.copyOf(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), 64);
      System.arraycopy(open, 0, secret, 32, 32);
      return new TestKeyPair("ed25519:" + base58(open), "ed25519:" + base58(secret));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  public String json(String account) {
    return json(account, publicKey, secretKey);
  }

  public static String json(String account, String publicKey, String secretKey) {
    return "{\"account_id\": \"%s\", \"public_key\": \"%s\", \"secret_key\": \"%s\"}"
        .formatted(account, publicKey, secretKey);
  }

  /** Writes the key file, for its owner only. */
  public Path write(Path file, String account) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, json(account));
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String base58(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(58));
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }
}
