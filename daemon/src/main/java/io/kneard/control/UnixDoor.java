package io.kneard.control;

import io.kneard.http.Door;
import io.kneard.http.Visitor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketChannel;

/** Where connections to the control socket come in. */
final class UnixDoor implements Door {
  private final ControlSocket socket;
  private final Selector selector;
  private volatile boolean closed;

  /** {@code socket} is closed by its owner, after this door. */
  UnixDoor(ControlSocket socket) throws IOException {
    this.socket = socket;
    UnixServerSocketChannel server = socket.channel();
    server.configureBlocking(false);
    // A blocked accept could not be woken; a selector can.
    this.selector = NativeSelectorProvider.getInstance().openSelector();
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  @Override
  public Optional<Visitor> accept() throws IOException {
    while (!closed) {
      selector.select();
      selector.selectedKeys().clear();
      if (closed) {
        break;
      }
      UnixSocketChannel channel = socket.channel().accept();
      if (channel != null) {
        return Optional.of(new UnixVisitor(channel, socket.callers()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
