package io.kneard.tls;

import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What a TLS client needs. */
public record Tls(SSLContext context, X509TrustManager trust) {
  /**
   * For a client that talks in the clear only. With it an HTTP library need not read the
   * certificates that the JDK trusts, which takes memory and time.
   */
  public static Tls thatTrustsNobody() {
    X509TrustManager trust = new PinnedTrust(Set.of());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return new Tls(context, trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e); // every JDK has to have it
    }
  }
}
