package io.kneard.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A host's only way to a server. While it is cut, connections stay open and are accepted, and
 * nothing passes, as when packets are dropped; what was on its way arrives when it is healed.
 */
public final class TcpRelay implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private boolean cut;

  /** Listens on a port of its own and passes everything on to that port of 127.0.0.1. */
  public TcpRelay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where to connect to instead of the target. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lets nothing pass any more. */
  public void cut() {
    set(true);
  }

  /** Lets everything pass again. */
  public void heal() {
    set(false);
  }

  /** Whether it is cut. */
  public boolean isCut() {
    synchronized (change) {
      return cut;
    }
  }

  private void set(boolean value) {
    synchronized (change) {
      cut = value;
      change.notifyAll();
    }
  }

  private void accept() throws IOException, InterruptedException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      sockets.add(client);
      start(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException, InterruptedException {
    try {
      awaitHealed();
      Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(upstream);
      start(() -> pump(upstream, client));
      pump(client, upstream);
    } finally {
      end(client);
    }
  }

  private void pump(Socket from, Socket to) throws IOException, InterruptedException {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitHealed();
        out.write(buffer, 0, count);
      }
    } finally {
      end(from);
      end(to);
    }
  }

  private void awaitHealed() throws InterruptedException {
    synchronized (change) {
      while (cut) {
        change.wait(1000);
      }
    }
  }

  private void end(Socket socket) throws IOException {
    sockets.remove(socket);
    socket.close();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // The connection is over; both of its ends are closed and will notice.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    heal();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
