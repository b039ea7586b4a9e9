package io.kneard.tls;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts just the certificates it was given, while they are valid. Names are not looked at: a peer
 * is who has the key of a listed certificate, wherever it is.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final Predicate<X509Certificate> listed;

  /** Trusts these and no other. */
  public PinnedTrust(Set<X509Certificate> certificates) {
    this(Set.copyOf(certificates)::contains);
  }

  /** Trusts those that are {@code listed}, such as by their fingerprint. */
  public PinnedTrust(Predicate<X509Certificate> listed) {
    this.listed = listed;
  }

  /** Whether it is one of them, valid or not. */
  public boolean contains(Certificate certificate) {
    return certificate instanceof X509Certificate known && listed.test(known);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    X509Certificate leaf = chain[0];
    if (!contains(leaf)) {
      throw new CertificateException(
          "the certificate of " + leaf.getSubjectX500Principal() + " is not trusted");
    }
    leaf.checkValidity();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
