package io.kneard.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
  @TempDir Path folder;

  @Test
  void keysAreReadAsOpensslAndConsulWriteThem() throws Exception {
    TestCertificate ec = TestCertificate.ec(folder.resolve("ec"));
    assertThat(Files.readString(ec.key())).contains("BEGIN EC PRIVATE KEY");
    assertMatch(ec.key(), ec, true);
    TestCertificate rsa = TestCertificate.rsa(folder.resolve("rsa"));
    assertThat(Files.readString(rsa.key())).contains("BEGIN RSA PRIVATE KEY");
    assertMatch(rsa.key(), rsa, true);
    assertMatch(rsa.key(), ec, false);
    assertMatch(TestCertificate.ec(folder.resolve("other")).key(), ec, false);
  }

  @Test
  void aKeyInPkcs8IsRead() throws Exception {
    TestCertificate ec = TestCertificate.ec(folder);
    Path file = folder.resolve("pkcs8.pem");
    TestCertificate.write(file, new JcaPKCS8Generator(PemFile.privateKey(ec.key()), null));
    assertThat(Files.readString(file)).contains("BEGIN PRIVATE KEY");
    assertMatch(file, ec, true);
  }

  @Test
  void anEncryptedKeyIsRefusedByItsName() throws Exception {
    TestCertificate ec = TestCertificate.ec(folder);
    String scheme = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(scheme);
    PBEKeySpec password = new PBEKeySpec("secret".toCharArray());
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(password),
        new PBEParameterSpec(new byte[8], 1000));
    byte[] encrypted = cipher.doFinal(PemFile.privateKey(ec.key()).getEncoded());
    byte[] pkcs8 = new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
    Path file = folder.resolve("encrypted.pem");
    TestCertificate.write(file, new PemObject("ENCRYPTED PRIVATE KEY", pkcs8));
    assertThatThrownBy(() -> PemFile.privateKey(file))
        .isInstanceOf(PemProblem.class)
        .hasMessageContaining("encrypted");
  }

  @Test
  void allCertificatesOfABundleAreRead() throws Exception {
    TestCertificate one = TestCertificate.ec(folder.resolve("one"));
    TestCertificate two = TestCertificate.rsa(folder.resolve("two"));
    Path bundle = folder.resolve("bundle.pem");
    Files.writeString(bundle, Files.readString(one.file()) + Files.readString(two.file()));
    assertThat(PemFile.certificates(bundle)).hasSize(2);
  }

  @Test
  void whatIsNotThereOrSomethingElseIsRefusedWithWhatIsWanted() throws Exception {
    TestCertificate ec = TestCertificate.ec(folder);
    assertThatThrownBy(() -> PemFile.certificates(ec.key()))
        .hasMessageContaining("at least one certificate");
    assertThatThrownBy(() -> PemFile.privateKey(ec.file()))
        .hasMessageContaining("a private key that is not encrypted");
    assertThatThrownBy(() -> PemFile.certificates(folder.resolve("nothing")))
        .hasMessage("no such file");
    assertThatThrownBy(() -> PemFile.privateKey(folder)).hasMessage("a PEM file is wanted");
  }

  @Test
  void nothingOfABrokenKeyIsInTheMessage() throws Exception {
    TestCertificate ec = TestCertificate.ec(folder);
    String body =
        Files.readString(ec.key())
            .lines()
            .filter(line -> !line.startsWith("-"))
            .collect(Collectors.joining());
    Path broken = folder.resolve("broken.pem");
    Files.writeString(
        broken, "-----BEGIN EC PRIVATE KEY-----\n!" + body + "\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(() -> PemFile.privateKey(broken))
        .isInstanceOf(PemProblem.class)
        .hasNoCause()
        .message()
        .doesNotContain(body.substring(0, 8));
  }

  private static void assertMatch(Path key, TestCertificate certificate, boolean wanted)
      throws Exception {
    PrivateKey read = PemFile.privateKey(key);
    assertThat(KeyPairs.match(read, PemFile.certificates(certificate.file()).get(0)))
        .isEqualTo(wanted);
  }
}
