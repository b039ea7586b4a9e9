package io.kneard.dqlite;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates for nodes. */
final class Certificates {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SERIAL_BITS = 64;

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /** A certificate and its key, as PEM files. */
  record Pair(Path certificate, Path key) {
    String text() throws IOException {
      return Files.readString(certificate);
    }
  }

  Pair make(String name) throws IOException {
    return make(name, Instant.now().minus(DAY), Instant.now().plus(DAY));
  }

  Pair expired(String name) throws IOException {
    Instant end = Instant.now().minus(DAY);
    return make(name, end.minus(DAY), end);
  }

  private Pair make(String name, Instant begin, Instant end) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + name);
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  subject,
                  new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
                  Date.from(begin),
                  Date.from(end),
                  subject,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, name),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                      }))
              .build(new JcaContentSignerBuilder("SHA384withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Pair(
          pem(name + ".crt", "CERTIFICATE", certificate),
          pem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("a certificate for " + name, e);
    }
  }

  private Path pem(String file, String what, byte[] encoded) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }
}
