package io.kneard.dqlite.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;

/** A TLS connection whose handshake is done. */
final class TlsLink implements ByteLink {
  private final Socket connection;
  private final InputStream in;
  private final OutputStream out;
  private final Certificate peer;
  private final PeerSilence silence;
  private final byte[] received = new byte[Splice.BUFFER];
  private final byte[] sent = new byte[Splice.BUFFER];

  private volatile long lastSent = System.nanoTime();

  /**
   * A link over a connection.
   *
   * @param connection what {@code socket} is on top of; closing it wakes whoever waits
   * @param silences finds what is known of the peer
   */
  TlsLink(Socket connection, SSLSocket socket, Function<Certificate, PeerSilence> silences)
      throws IOException {
    this.connection = connection;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.peer = socket.getSession().getPeerCertificates()[0];
    this.silence = silences.apply(peer);
  }

  /** Who is at the other end. */
  Certificate peer() {
    return peer;
  }

  @Override
  public boolean isToNobody(long now) {
    return silence.isGone(lastSent, now);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = in.read(received, 0, Math.min(received.length, into.remaining()));
    if (count > 0) {
      silence.heard();
      into.put(received, 0, count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      int count = Math.min(sent.length, from.remaining());
      from.get(sent, 0, count);
      lastSent = System.nanoTime();
      silence.sent(lastSent);
      out.write(sent, 0, count);
    }
    out.flush();
  }

  @Override
  public void shutdown() {
    try {
      connection.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() {
    shutdown();
  }
}
