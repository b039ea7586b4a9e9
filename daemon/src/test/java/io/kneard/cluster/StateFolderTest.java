package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.tls.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Identity SERVER = Certificates.make("a", NOW);
  private static final Identity SHARED = Certificates.make("cluster.kneard", NOW);
  private static final Identity FRESH = Certificates.make("a", NOW);

  @TempDir private Path path;
  private StateFolder folder;

  @BeforeEach
  void aMember() throws Exception {
    folder = new StateFolder(path.resolve("cluster"));
    folder.found(new StateFolder.Self("a", "10.0.0.1:9443", 2, "10.0.0.1:9444"), SERVER, SHARED);
  }

  private Path file(String name) {
    return folder.folder().resolve(name);
  }

  @Test
  void aNewCertificateAndItsKeyTakeThePlaceOfTheOldOnes() throws Exception {
    folder.server(FRESH);
    assertThat(folder.server().certificate()).isEqualTo(FRESH.certificate());
    assertThat(folder.server().key()).isEqualTo(FRESH.key());
    assertThat(folder.cluster().certificate()).isEqualTo(SHARED.certificate());
    assertThat(file("server.next")).doesNotExist();
  }

  /** The power goes when the key is there and the certificate is not. */
  @Test
  void anExchangeThatWasCutShortIsEndedByTheNextStart() throws Exception {
    folder.write("server.next", Certificates.pem(FRESH.certificate()) + Certificates.keyPem(FRESH));
    folder.write("server.key", Certificates.keyPem(FRESH));
    assertThat(folder.server().certificate()).isEqualTo(FRESH.certificate());
    assertThat(folder.server().key()).isEqualTo(FRESH.key());
    assertThat(file("server.next")).doesNotExist();
  }

  @Test
  void anExchangeThatCannotBeReadIsNamedAndChangesNothing() throws Exception {
    String before = Files.readString(file("server.crt"));
    Files.writeString(file("server.next"), "not what it was");
    assertThatThrownBy(folder::server)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.next: a certificate and its key are wanted");
    assertThat(file("server.crt")).hasContent(before);
  }
}
