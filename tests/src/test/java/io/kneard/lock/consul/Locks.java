package io.kneard.lock.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Opening;
import io.kneard.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Locks as the tests of this package need them. */
final class Locks {
  static final Duration TIMEOUT = Duration.ofSeconds(3);

  private Locks() {}

  static ConsulLock at(URI... urls) throws IOException {
    return lock(List.of(urls), Optional.empty(), Optional.empty(), LockTiming.REFERENCE);
  }

  static ConsulLock at(LockTiming timing, URI url) throws IOException {
    return lock(List.of(url), Optional.empty(), Optional.empty(), timing);
  }

  static ConsulLock withToken(Path file, URI url) throws IOException {
    return lock(List.of(url), Optional.of(file), Optional.empty(), LockTiming.REFERENCE);
  }

  static ConsulLock withTls(TlsFiles tls, URI url) throws IOException {
    return lock(List.of(url), Optional.empty(), Optional.of(tls), LockTiming.REFERENCE);
  }

  private static ConsulLock lock(
      List<URI> urls, Optional<Path> token, Optional<TlsFiles> tls, LockTiming timing)
      throws IOException {
    return new ConsulLock(
        new ConsulOptions(urls, token, tls, "pool", new Holder("host", "n1"), timing, TIMEOUT));
  }

  static String session(ConsulLock lock) {
    Opening opening = lock.open(true);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).session();
  }
}
