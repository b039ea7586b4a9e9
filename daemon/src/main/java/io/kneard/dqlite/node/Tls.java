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
