package io.kneard.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The PEM files of a TLS client.
 *
 * @param ca certificates that the server's has to be signed by; empty for those the system trusts
 * @param certificate the client's own, with what leads to its CA; together with {@code key}
 * @param key the certificate's
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  private static final char[] IN_MEMORY = {};

  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a certificate and its key only come together");
    }
  }

  /**
   * Reads the files.
   *
   * @throws IOException with file and wish, if one cannot be used
   */
  public Tls load() throws IOException {
    try {
      X509TrustManager trust = trust();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), new TrustManager[] {trust}, new SecureRandom());
      return new Tls(context, trust);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s cannot be used for TLS: %s".formatted(this, e.getMessage()), e);
    }
  }

  private X509TrustManager trust() throws IOException, GeneralSecurityException {
    KeyStore store = null; // the system's
    if (ca.isPresent()) {
      store = emptyStore();
      List<X509Certificate> certificates = certificates(ca.get());
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("ca-" + i, certificates.get(i));
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("this JVM checks no X.509 certificates");
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    if (certificate.isEmpty() || key.isEmpty()) {
      return new KeyManager[0];
    }
    Certificate[] chain = certificates(certificate.get()).toArray(new Certificate[0]);
    KeyStore store = emptyStore();
    store.setKeyEntry("client", privateKey(key.get()), IN_MEMORY, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      return PemFile.certificates(file);
    } catch (PemProblem e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    try {
      return PemFile.privateKey(file);
    } catch (PemProblem e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
