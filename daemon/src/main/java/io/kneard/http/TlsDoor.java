package io.kneard.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * A TCP port with TLS 1.3. Callers are asked for a certificate and may have none; which ones are
 * good for what is for the handler to say. The handshake is made by the connection's own thread,
 * with its first read, so that it counts against the time of the request.
 */
public final class TlsDoor implements Door {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final TcpDoor door;
  private final Supplier<SSLContext> tls;

  /**
   * Listens.
   *
   * @param tls asked for each connection, so that it may change
   * @throws IOException with the address in its message, if it cannot be listened on
   */
  public TlsDoor(InetSocketAddress address, Supplier<SSLContext> tls) throws IOException {
    this.door = new TcpDoor(address);
    this.tls = tls;
  }

  @Override
  public Optional<Visitor> accept() throws IOException {
    Optional<Visitor> visitor = door.accept();
    if (visitor.isEmpty()) {
      return Optional.empty();
    }
    Socket raw = visitor.get().socket();
    try {
      SSLSocket socket =
          (SSLSocket) tls.get().getSocketFactory().createSocket(raw, null, raw.getPort(), true);
      socket.setUseClientMode(false);
      socket.setWantClientAuth(true);
      socket.setEnabledProtocols(PROTOCOLS);
      return Optional.of(new TlsVisitor(raw, socket));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  @Override
  public void close() {
    door.close();
  }

  private record TlsVisitor(Socket raw, SSLSocket socket) implements Visitor {
    @Override
    public Optional<String> objection() {
      return Optional.empty();
    }

    @Override
    public Optional<X509Certificate> peer() {
      try {
        Certificate leaf = socket.getSession().getPeerCertificates()[0];
        return leaf instanceof X509Certificate known ? Optional.of(known) : Optional.empty();
      } catch (SSLPeerUnverifiedException e) {
        return Optional.empty();
      }
    }

    /** The connection below, since TLS would want to say good-bye. */
    @Override
    public void hangUp() {
      Quietly.close(raw);
    }

    @Override
    public void close() {
      Quietly.close(socket);
      Quietly.close(raw);
    }
  }
}
