package io.kneard.dqlite.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM files (RFC 7468). What is in a key file appears in no message. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private Pem() {}

  /** All certificates of the file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new IOException(file + ": no certificate: PEM is wanted");
      }
      return all;
    } catch (CertificateException e) {
      throw new IOException(file + ": not a certificate: PEM is wanted", e);
    }
  }

  /** The private key of the file. */
  static PrivateKey privateKey(Path file) throws IOException {
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IOException(file + ": no private key: PEM with PKCS#8 is wanted");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // Not of this algorithm.
      }
    }
    throw new IOException(file + ": not a private key of " + String.join(", ", ALGORITHMS));
  }
}
