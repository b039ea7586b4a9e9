package io.kneard.config;

import io.kneard.tls.KeyPairs;
import io.kneard.tls.PemFile;
import io.kneard.tls.PemProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the files for TLS to Consul hold what they should. */
final class TlsChecks {
  private final Values values;
  private final Map<Key<?>, Given> given;
  private final List<Complaint> complaints = new ArrayList<>();

  private TlsChecks(Values values, Map<Key<?>, Given> given) {
    this.values = values;
    this.given = given;
  }

  static List<Complaint> complaints(Values values, Map<Key<?>, Given> given, Host host) {
    TlsChecks checks = new TlsChecks(values, given);
    checks.read(Keys.CA_FILE, PemFile::certificates);
    Optional<List<X509Certificate>> own = checks.read(Keys.CERT_FILE, PemFile::certificates);
    Optional<PrivateKey> key = checks.read(Keys.KEY_FILE, PemFile::privateKey);
    if (own.isPresent() && key.isPresent() && !KeyPairs.match(key.get(), own.get().get(0))) {
      checks.refuse(Keys.KEY_FILE, "the key of consul.cert-file, this is another one");
    }
    checks.secrecy(host);
    return checks.complaints;
  }

  private interface Reader<T> {
    T read(Path file) throws PemProblem;
  }

  private <T> Optional<T> read(Key<Path> key, Reader<T> reader) {
    Optional<Path> file = values.find(key);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(file.get()));
    } catch (PemProblem e) {
      refuse(key, e.getMessage());
      return Optional.empty();
    }
  }

  private void secrecy(Host host) {
    Optional<Path> file = values.find(Keys.KEY_FILE).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return;
    }
    try {
      Secrecy.problem(file.get(), host.credentials())
          .ifPresent(wish -> refuse(Keys.KEY_FILE, wish));
    } catch (IOException e) {
      refuse(Keys.KEY_FILE, Secrecy.why(file.get(), e));
    }
  }

  private void refuse(Key<?> key, String wish) {
    complaints.add(Complaint.aboutFile(key, given.get(key), wish));
  }
}
