package io.kneard.tls;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate that vouches for itself, and its key.
 *
 * @param file the certificate
 * @param key the key, for its owner only, as openssl writes it
 */
public record TestCertificate(Path file, Path key) {

  /** With a key of an elliptic curve. */
  public static TestCertificate ec(Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    PrivateKeyInfo pkcs8 = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    ECPrivateKey sec1 =
        new ECPrivateKey(
            256,
            ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS(),
            pkcs8.getPrivateKeyAlgorithm().getParameters());
    Object key = new PemObject("EC PRIVATE KEY", sec1.getEncoded());
    return create(folder, pair, key, "SHA256withECDSA");
  }

  /** With an RSA key. */
  public static TestCertificate rsa(Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    return create(folder, pair, pair.getPrivate(), "SHA256withRSA");
  }

  private static TestCertificate create(Path folder, KeyPair pair, Object pemKey, String algorithm)
      throws Exception {
    Files.createDirectories(folder);
    X500Name name = new X500Name("CN=test");
    ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(pair.getPrivate());
    Instant now = Instant.now();
    Path file = folder.resolve("certificate.pem");
    write(
        file,
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                pair.getPublic())
            .build(signer));
    Path key = folder.resolve("key.pem");
    write(key, pemKey);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    return new TestCertificate(file, key);
  }

  static void write(Path file, Object part) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(out)) {
      pem.writeObject(part);
    }
  }
}
