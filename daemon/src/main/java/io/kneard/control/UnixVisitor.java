package io.kneard.control;

import io.kneard.http.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import jnr.unixsocket.UnixSocketChannel;

/** A connection to the control socket. */
final class UnixVisitor implements Visitor {
  private final UnixSocketChannel channel;
  private final Callers callers;
  private boolean closed;

  UnixVisitor(UnixSocketChannel channel, Callers callers) {
    this.channel = channel;
    this.callers = callers;
  }

  @Override
  public Socket socket() {
    return channel.socket();
  }

  @Override
  public Optional<String> objection() throws IOException {
    return callers.objection(PeerCredentials.of(channel));
  }

  /**
   * Shuts the connection down, which wakes a thread that is blocked in it. It is not closed here:
   * jnr would give the descriptor back to the system while that thread still uses its number.
   */
  @Override
  public synchronized void hangUp() {
    if (closed) {
      return;
    }
    try {
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException e) {
      // The peer was faster.
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // Gone either way.
    }
  }
}
