package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final X509Certificate CERTIFICATE = Certificates.make("a", NOW).certificate();
  private static final TrustedMember A =
      new TrustedMember("a", "10.0.0.1:9443", Certificates.pem(CERTIFICATE));
  private static final TrustedMember B =
      new TrustedMember(
          "b", "10.0.0.2:9443", Certificates.pem(Certificates.make("b", NOW).certificate()));

  @TempDir private Path folder;
  private Path files;
  private TrustStore store;

  @BeforeEach
  void twoMembers() throws Exception {
    files = folder.resolve("truststore");
    store = new TrustStore(files);
    store.replace(List.of(A, B));
  }

  @Test
  void eachMemberIsAYamlFileThatOnlyItsOwnerReads() throws Exception {
    assertThat(Files.readString(files.resolve("a.yaml")))
        .startsWith("name: \"a\"\naddress: \"10.0.0.1:9443\"\ncertificate: |\n  -----BEGIN");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("a.yaml"))))
        .isEqualTo("rw-------");
    TrustStore again = new TrustStore(files);
    assertThat(again.look()).isTrue();
    assertThat(again.members()).containsExactly(A, B);
  }

  @Test
  void aFileThatIsRemovedEndsTheTrust() throws Exception {
    assertThat(store.look()).as("its own writing is no news").isFalse();
    Files.delete(files.resolve("b.yaml"));
    assertThat(store.look()).isTrue();
    assertThat(store.members()).containsExactly(A);
  }

  @Test
  void anEmptiedFolderAndAFileThatCannotBeReadChangeNothing() throws Exception {
    Files.writeString(files.resolve("b.yaml"), "name: [");
    Files.setLastModifiedTime(files.resolve("b.yaml"), FileTime.from(NOW.plusSeconds(5)));
    assertThat(store.look()).isFalse();
    assertThat(store.members()).containsExactly(A, B);
    Files.delete(files.resolve("a.yaml"));
    Files.delete(files.resolve("b.yaml"));
    assertThat(store.look()).isFalse();
    assertThat(store.members()).containsExactly(A, B);
  }

  @Test
  void whatCouldNotBeWrittenHoldsAndIsWrittenTheNextTime() throws Exception {
    TrustedMember fresh =
        new TrustedMember(
            "a", "10.0.0.1:9443", Certificates.pem(Certificates.make("a", NOW).certificate()));
    Path inTheWay = Files.createDirectories(files.resolve(".a.yaml.new/full"));
    assertThatThrownBy(() -> store.replace(List.of(fresh))).isInstanceOf(IOException.class);
    assertThat(store.look()).as("half of it is in the folder").isFalse();
    assertThat(store.members()).containsExactly(fresh);
    assertThat(files.resolve("b.yaml")).as("less trust is written first").doesNotExist();
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertThat(store.replace(List.of(fresh))).as("it was so already").isFalse();
    TrustStore again = new TrustStore(files);
    again.look();
    assertThat(again.members()).containsExactly(fresh);
  }

  @Test
  void aCertificateIsGoodWhileItIsValid() {
    assertThat(store.owner(CERTIFICATE, NOW)).contains(A);
    assertThat(store.owner(CERTIFICATE, NOW.minus(Duration.ofDays(2)))).isEmpty();
    assertThat(store.owner(CERTIFICATE, NOW.plus(Duration.ofDays(4000)))).isEmpty();
    assertThat(store.owner(Certificates.make("a", NOW).certificate(), NOW)).isEmpty();
  }

  @Test
  void certificatesAreOnTheCurveP384AndNameTheirMember() {
    assertThat(CERTIFICATE.getPublicKey().toString()).contains("secp384r1");
    assertThat(Certificates.names(CERTIFICATE, "a")).isTrue();
    assertThat(Certificates.names(CERTIFICATE, "b")).isFalse();
    assertThat(Certificates.fingerprint(CERTIFICATE)).hasSize(64);
  }
}
