package io.kneard.dqlite.node;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts just the certificates it was given, while they are valid. Names are not looked at: a node
 * is who has the key of a listed certificate, wherever it is.
 */
final class Trust extends X509ExtendedTrustManager {
  private final Set<X509Certificate> certificates;

  Trust(Set<X509Certificate> certificates) {
    this.certificates = Set.copyOf(certificates);
  }

  boolean contains(Certificate certificate) {
    return certificate instanceof X509Certificate && certificates.contains(certificate);
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
