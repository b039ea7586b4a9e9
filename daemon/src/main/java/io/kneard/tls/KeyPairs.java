package io.kneard.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Whether a key belongs to a certificate. */
public final class KeyPairs {
  private static final byte[] SAMPLE = {'k', 'n', 'e', 'a', 'r', 'd'};

  private KeyPairs() {}

  /** Whether what the key signs is valid for the certificate. */
  public static boolean match(PrivateKey key, X509Certificate certificate) {
    PublicKey other = certificate.getPublicKey();
    if (!key.getAlgorithm().equals(other.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      default -> key; // Ed25519 and its like name their signature
    };
  }
}
