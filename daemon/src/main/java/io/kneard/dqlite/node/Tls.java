package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Mutual TLS 1.3 with one set of files. After a change of the files a new one is made: nothing of
 * the old, such as sessions to resume, is used any more.
 */
final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final char[] IN_MEMORY_ONLY = new char[0];

  private final Trust trust;
  private final SSLSocketFactory sockets;

  private Tls(Trust trust, SSLSocketFactory sockets) {
    this.trust = trust;
    this.sockets = sockets;
  }

  /**
   * Reads the files.
   *
   * @throws IOException that names the file and what is wanted
   */
  static Tls load(NodeSettings.Network files) throws IOException {
    List<X509Certificate> chain = Pem.certificates(files.certificate());
    PrivateKey key = Pem.privateKey(files.key());
    Trust trust = new Trust(Set.copyOf(Pem.certificates(files.trusted())));
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, IN_MEMORY_ONLY);
      store.setKeyEntry("node", key, IN_MEMORY_ONLY, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, IN_MEMORY_ONLY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return new Tls(trust, context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IOException(
          files.certificate() + " and " + files.key() + " do not work together: " + e.getMessage(),
          e);
    }
  }

  boolean trusts(Certificate peer) {
    return trust.contains(peer);
  }

  /** TLS over a connection that was accepted. */
  SSLSocket server(Socket connection) throws IOException {
    SSLSocket socket = (SSLSocket) sockets.createSocket(connection, null, true);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(PROTOCOLS);
    return socket;
  }

  /** TLS over a connection that was made. */
  SSLSocket client(Socket connection, String host) throws IOException {
    SSLSocket socket =
        (SSLSocket) sockets.createSocket(connection, host, connection.getPort(), true);
    socket.setEnabledProtocols(PROTOCOLS);
    return socket;
  }
}
