package io.kneard.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** One accepted connection. */
public interface Visitor extends Closeable {
  /** The connection itself, read and written by one thread. */
  Socket socket();

  /**
   * Why the peer may not be served; empty if it may.
   *
   * @throws IOException if that cannot be found out; it is not served then
   */
  Optional<String> objection() throws IOException;

  /** The certificate the peer has shown, once something was read from it; empty without TLS. */
  default Optional<X509Certificate> peer() {
    return Optional.empty();
  }

  /**
   * Ends the conversation: a blocked read or write of the connection's own thread returns. From any
   * thread, at any time, also after {@link #close}.
   */
  void hangUp();

  /** Gives the connection back to the system; called by its own thread, after the last use. */
  @Override
  void close();
}
