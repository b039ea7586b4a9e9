package io.kneard.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * httpcore5's connection with a time on every write, and with an end of input that cannot be taken
 * for the end of a request.
 */
final class WatchedConnection extends DefaultBHttpServerConnection {
  private final Limits limits;
  private final Alarm alarm;
  private boolean requestBegan;

  WatchedConnection(Socket socket, Limits limits, Alarm alarm) throws IOException {
    this(socket, limits, alarm, configuration(limits));
  }

  private WatchedConnection(Socket socket, Limits limits, Alarm alarm, Http1Config configuration)
      throws IOException {
    super(
        "http",
        configuration,
        null,
        null,
        null,
        null,
        // The default factory has a configuration of its own, without limits.
        new DefaultHttpRequestParserFactory(configuration),
        null);
    this.limits = limits;
    this.alarm = alarm;
    bind(
        new SocketHolder(socket) {
          @Override
          protected InputStream getInputStream(Socket inner) throws IOException {
            return new WatchedInput(inner.getInputStream());
          }

          @Override
          protected OutputStream getOutputStream(Socket inner) throws IOException {
            return new WatchedOutput(inner.getOutputStream());
          }
        });
  }

  private static Http1Config configuration(Limits limits) {
    return Http1Config.custom()
        .setMaxLineLength(limits.lineBytes())
        .setMaxHeaderCount(limits.headers())
        .setMaxEmptyLineCount(2)
        .setBufferSize(4 * 1024)
        .build();
  }

  /** Sends what is left; the socket is closed by its owner, who may have more to say or to read. */
  @Override
  public void close() throws IOException {
    flush();
  }

  /** Addresses of Unix sockets have no place in httpcore5, and nobody asks for them. */
  @Override
  public EndpointDetails getEndpointDetails() {
    return null;
  }

  /** Reads to the end of the input, or of {@code bytes}. */
  void discard(int bytes) throws IOException {
    InputStream in = getSocketHolder().getSocket().getInputStream();
    byte[] part = new byte[8 * 1024];
    int left = bytes;
    for (int count = 0; count >= 0 && left > 0; left -= count) {
      count = in.read(part);
    }
  }

  private final class WatchedInput extends FilterInputStream {
    WatchedInput(InputStream in) {
      super(in);
    }

    /**
     * httpcore5 takes the end of the input for the empty line that ends the headers: half a request
     * would be carried out.
     */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count < 0 && requestBegan) {
        throw new ConnectionClosedException("the caller left in the middle of its request");
      }
      requestBegan |= count > 0;
      return count;
    }
  }

  private final class WatchedOutput extends FilterOutputStream {
    WatchedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      alarm.arm(limits.write());
      try {
        out.write(bytes, offset, length);
      } finally {
        alarm.disarm();
      }
    }
  }
}
