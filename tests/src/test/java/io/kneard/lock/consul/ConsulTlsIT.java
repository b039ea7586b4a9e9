package io.kneard.lock.consul;

import static io.kneard.lock.consul.Locks.session;
import static io.kneard.lock.consul.Locks.withTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.ConsulPki;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.FreePort;
import io.kneard.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Consul behind TLS, with certificates as its own commands make them. */
class ConsulTlsIT {
  @TempDir static Path folder;
  private static ConsulPki pki;
  private static ConsulPki foreign;
  private static ConsulServer open;
  private static ConsulServer strict;
  private static URI openUrl;
  private static URI strictUrl;

  @BeforeAll
  static void startConsuls() throws Exception {
    pki = ConsulPki.create(folder.resolve("pki"));
    foreign = ConsulPki.create(folder.resolve("foreign"));
    int openPort = FreePort.next();
    open = ConsulServer.start(folder.resolve("open"), pki.server(openPort, false));
    openUrl = URI.create("https://127.0.0.1:" + openPort);
    int strictPort = FreePort.next();
    strict = ConsulServer.start(folder.resolve("strict"), pki.server(strictPort, true));
    strictUrl = URI.create("https://127.0.0.1:" + strictPort);
  }

  @AfterAll
  static void stopConsuls() {
    open.close();
    strict.close();
  }

  @Test
  void everyRequestGoesThroughTlsWithTheCaOfTheSettings() throws Exception {
    try (ConsulLock lock = withTls(trusting(pki.ca()), openUrl)) {
      everythingWorks(lock);
    }
  }

  @Test
  void aClientCertificateIsShownWhereOneIsWanted() throws Exception {
    try (ConsulLock lock = withTls(showing(pki), strictUrl)) {
      everythingWorks(lock);
    }
  }

  private static void everythingWorks(ConsulLock lock) {
    String mine = session(lock);
    assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
    Observation.Seen seen = (Observation.Seen) lock.observe(0, Duration.ZERO);
    assertThat(seen.session()).contains(mine);
    assertThat(lock.observe(seen.index(), Duration.ofSeconds(1)))
        .isInstanceOf(Observation.Seen.class);
    assertThat(lock.candidates()).isInstanceOf(Candidates.Found.class);
    assertThat(lock.release(mine, Optional.empty())).isEqualTo(new Ending.Done());
    assertThat(lock.destroy(mine)).isEqualTo(new Ending.Done());
  }

  @Test
  void aConsulThatAnotherCaVouchesForIsNotTrusted() throws Exception {
    try (ConsulLock lock = withTls(trusting(foreign.ca()), openUrl)) {
      assertUnreachable(lock, "certificat");
    }
  }

  @Test
  void aConsulWhoseCaNobodyKnowsIsNotTrusted() throws Exception {
    try (ConsulLock lock = Locks.at(openUrl)) {
      assertUnreachable(lock, "certificat");
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotAccepted() throws Exception {
    URI other = URI.create("https://127.0.0.2:" + openUrl.getPort());
    try (ConsulLock lock = withTls(trusting(pki.ca()), other)) {
      assertUnreachable(lock, "127.0.0.2");
    }
  }

  @Test
  void withoutAClientCertificateAStrictConsulIsUnreachable() throws Exception {
    try (ConsulLock lock = withTls(trusting(pki.ca()), strictUrl)) {
      assertUnreachable(lock, strictUrl.toString());
    }
  }

  @Test
  void aClientCertificateOfAnotherCaIsNoHelp() throws Exception {
    TlsFiles files =
        new TlsFiles(
            Optional.of(pki.ca()),
            Optional.of(foreign.clientCertificate()),
            Optional.of(foreign.clientKey()));
    try (ConsulLock lock = withTls(files, strictUrl)) {
      assertUnreachable(lock, strictUrl.toString());
    }
  }

  private static void assertUnreachable(ConsulLock lock, String reason) {
    assertThat(lock.open(true))
        .isInstanceOfSatisfying(
            Opening.Unreachable.class, is -> assertThat(is.why()).contains(reason));
    assertThat(lock.renew("a-session"))
        .isInstanceOfSatisfying(
            Renewal.Unreachable.class, is -> assertThat(is.why()).contains(reason));
    assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
  }

  @Test
  void newCertificateFilesAreInUseAfterAReload() throws Exception {
    Path ca = Files.copy(foreign.ca(), folder.resolve("rotating.pem"));
    try (ConsulLock lock = withTls(trusting(ca), openUrl)) {
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
      Files.copy(pki.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
      lock.reload();
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Seen.class);
      Files.writeString(ca, "half a file");
      lock.reload();
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Seen.class);
    }
  }

  @Test
  void aFileThatCannotBeUsedIsNamed() {
    TlsFiles files = trusting(pki.clientKey());
    assertThatThrownBy(() -> withTls(files, openUrl))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(pki.clientKey().toString())
        .hasMessageContaining("at least one certificate");
  }

  private static TlsFiles trusting(Path ca) {
    return new TlsFiles(Optional.of(ca), Optional.empty(), Optional.empty());
  }

  private static TlsFiles showing(ConsulPki pki) {
    return new TlsFiles(
        Optional.of(pki.ca()), Optional.of(pki.clientCertificate()), Optional.of(pki.clientKey()));
  }
}
