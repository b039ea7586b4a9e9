package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import io.kneard.tls.Identity;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Mutual TLS 1.3 with one set of files. After a change of the files a new one is made: nothing of
 * the old, such as sessions to resume, is used any more.
 */
final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /**
   * The fastest first, without the JVM's large compiler, which would take 30 MB: it is three to
   * four times as fast as AES there (measured). The library sends its whole log with every
   * heartbeat until a new member has answered once; what takes long to carry would flood the line.
   */
  private static final String[] CIPHERS = {
    "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"
  };

  private final PinnedTrust trust;
  private final SSLSocketFactory sockets;

  private Tls(PinnedTrust trust, SSLSocketFactory sockets) {
    this.trust = trust;
    this.sockets = sockets;
  }

  /**
   * Reads the files.
   *
   * @throws IOException that names the file and what is wanted
   */
  static Tls load(NodeSettings.Network files) throws IOException {
    Identity self =
        new Identity(Pem.certificates(files.certificate()), Pem.privateKey(files.key()));
    PinnedTrust trust = new PinnedTrust(Set.copyOf(Pem.certificates(files.trusted())));
    try {
      return new Tls(trust, self.context(trust).getSocketFactory());
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
    return strict(socket);
  }

  /** TLS over a connection that was made. */
  SSLSocket client(Socket connection, String host) throws IOException {
    SSLSocket socket =
        (SSLSocket) sockets.createSocket(connection, host, connection.getPort(), true);
    return strict(socket);
  }

  private static SSLSocket strict(SSLSocket socket) {
    socket.setEnabledProtocols(PROTOCOLS);
    socket.setEnabledCipherSuites(CIPHERS);
    return socket;
  }
}
