package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/** Makes and secures connections between nodes. */
final class Network {
  private static final int CONNECT_MILLIS = 1000;

  /** A peer that is gone without a word is noticed after 10 + 3 × 5 s without traffic. */
  private static final int IDLE_SECONDS = 10;

  private static final int PROBE_SECONDS = 5;
  private static final int PROBES = 3;

  private final NodeSettings.Network files;
  private final Links links;
  private volatile Tls tls;

  Network(NodeSettings.Network files, Links links) throws IOException {
    this.files = files;
    this.links = links;
    this.tls = Tls.load(files);
  }

  /** Reads the files again, and ends connections to whom they do not name any more. */
  void reload() throws IOException {
    Tls fresh = Tls.load(files);
    tls = fresh;
    links.trustOnly(fresh::trusts);
  }

  /** Connects to another node. */
  TlsLink dial(String address) throws IOException {
    InetSocketAddress target = NodeSettings.parseAddress("address", address);
    Socket socket = new Socket();
    try {
      return links.bounded(
          () -> closeNow(socket),
          () -> {
            InetAddress host = InetAddress.getByName(target.getHostString());
            socket.connect(new InetSocketAddress(host, target.getPort()), CONNECT_MILLIS);
            return secured(socket, tls.client(socket, target.getHostString()));
          });
    } catch (IOException | RuntimeException e) {
      closeNow(socket);
      throw e;
    }
  }

  /** Lets a node in that has connected. */
  TlsLink welcome(Socket socket) throws IOException {
    return links.bounded(() -> closeNow(socket), () -> secured(socket, tls.server(socket)));
  }

  private TlsLink secured(Socket socket, SSLSocket secure) throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    secure.startHandshake();
    TlsLink link = new TlsLink(socket, secure, links::silenceOf);
    if (!tls.trusts(link.peer())) {
      throw new IOException("the peer's certificate is not trusted any more");
    }
    return link;
  }

  static void closeNow(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
