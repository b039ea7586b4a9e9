package io.kneard.cluster;

import io.kneard.tls.Identity;
import io.kneard.tls.PemFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates on the curve P-384, and their form in PEM. */
final class Certificates {
  private static final Duration LIFE = Duration.ofDays(3650);

  /** Clocks of hosts differ. */
  private static final Duration BEFORE = Duration.ofHours(1);

  private static final Duration WARN_BEFORE = Duration.ofDays(30);

  private static final int SERIAL_BITS = 120;

  /** What X.520 allows for a common name; the whole name is in the subject's alternative names. */
  private static final int LONGEST_COMMON_NAME = 64;

  private Certificates() {}

  /** A new key and its certificate for that name, valid for ten years from now. */
  static Identity make(String name, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      KeyPair pair = generator.generateKeyPair();
      String shortName = name.substring(0, Math.min(name.length(), LONGEST_COMMON_NAME));
      X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, shortName).build();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
              Date.from(now.minus(BEFORE)),
              Date.from(now.plus(LIFE)),
              subject,
              pair.getPublic());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA384withECDSA").build(pair.getPrivate())));
      return new Identity(List.of(certificate), pair.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate for " + name, e);
    }
  }

  /** What is to be said of a member whose first certificate ends then; nothing for long. */
  static Optional<String> warning(Instant ends, Instant now) {
    return now.plus(WARN_BEFORE).isBefore(ends)
        ? Optional.empty()
        : Optional.of(
            "this member's certificate %s %s: 'kneardctl cluster renew'"
                .formatted(now.isBefore(ends) ? "ends" : "has ended", ends));
  }

  /** Reads both files. */
  static Identity read(Path certificate, Path key) throws IOException {
    try {
      return new Identity(PemFile.certificates(certificate), PemFile.privateKey(key));
    } catch (IOException e) {
      throw new IOException(certificate + ", " + key + ": " + e.getMessage(), e);
    }
  }

  /**
   * The certificate in a text.
   *
   * @throws IllegalArgumentException if there is none
   */
  static X509Certificate parse(String pem) {
    byte[] bytes = String.valueOf(pem).getBytes(StandardCharsets.US_ASCII);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("certificate: one in PEM is wanted", e);
    }
  }

  /** As text. */
  static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as text, PKCS #8, for a file that only its owner reads. */
  static String keyPem(Identity identity) {
    return pem("PRIVATE KEY", identity.key().getEncoded());
  }

  private static String pem(String what, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }

  /** SHA-256 of the certificate, in lower case hexadecimal. */
  static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of().formatHex(sha256(certificate.getEncoded()));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the certificate names that member. */
  static boolean names(X509Certificate certificate, String name) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream().anyMatch(each -> name.equals(String.valueOf(each.get(1))));
    } catch (CertificateException e) {
      return false;
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
