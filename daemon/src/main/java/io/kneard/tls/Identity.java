package io.kneard.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Who one end of a connection is.
 *
 * @param chain its certificate, and what leads to an authority if there is one
 * @param key the certificate's
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final char[] IN_MEMORY = {};

  /** Keeps its own list. */
  public Identity {
    chain = List.copyOf(chain);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * TLS as this one, with peers as {@code trust} says.
   *
   * @throws GeneralSecurityException if certificate and key do not work together
   */
  public SSLContext context(TrustManager trust) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, IN_MEMORY);
      store.setKeyEntry("self", key, IN_MEMORY, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (IOException e) {
      throw new GeneralSecurityException("a key store in memory", e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Identity[" + certificate().getSubjectX500Principal() + "]";
  }
}
