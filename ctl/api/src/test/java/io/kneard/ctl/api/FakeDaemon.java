package io.kneard.ctl.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers on a real Unix socket what a test has written down, also what no daemon should. */
public final class FakeDaemon implements AutoCloseable {
  /** What was asked. */
  public record Request(String method, String path, String body) {}

  /** Writes an answer; the connection is closed afterwards. */
  public interface Reply {
    /** Writes to a connection that blocks. */
    void write(SocketChannel connection) throws IOException;
  }

  private final Path socket;
  private final ServerSocketChannel listener;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  /** Listens in the given folder. */
  public FakeDaemon(Path folder) {
    try {
      this.socket = folder.resolve("control.sock");
      this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The socket to call. */
  public Path socket() {
    return socket;
  }

  /** Everything that was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Answers a route with the replies in turn; the last one stays. */
  public FakeDaemon on(String method, String path, Reply... inTurn) {
    replies.put(method + " " + path, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  /** An answer as a daemon gives it. */
  public static Reply json(int status, Object body) {
    try {
      byte[] bytes = ControlJson.get().writeValueAsBytes(body);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return raw(
          "HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n" + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 200 with a record. */
  public static Reply ok(Object body) {
    return json(200, body);
  }

  /** A refusal with its reason. */
  public static Reply problem(int status, String code, String message) {
    return json(status, new Problem(code, message));
  }

  /** Exactly these characters, and then the end of the connection. */
  public static Reply raw(String text) {
    return connection -> {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    };
  }

  /** Says that, and then nothing more until the caller goes. */
  public static Reply thenSilence(String text) {
    return connection -> {
      raw(text).write(connection);
      connection.read(ByteBuffer.allocate(1));
    };
  }

  /** Replies, and then the daemon is gone, with its socket. */
  public Reply thenGone(Reply last) {
    return connection -> {
      listener.close();
      Files.deleteIfExists(socket);
      last.write(connection);
    };
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        open.add(connection);
        start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      Request request = request(Channels.newInputStream(connection));
      requests.add(request);
      reply(request).write(connection);
    } catch (IOException e) {
      // The caller has gone, or the test has ended.
    } finally {
      open.remove(connection);
    }
  }

  private Reply reply(Request request) {
    Deque<Reply> inTurn = replies.get(request.method() + " " + request.path());
    if (inTurn == null) {
      return problem(404, Problem.NOT_FOUND, "no such path: " + request.path());
    }
    synchronized (inTurn) {
      return inTurn.size() > 1 ? inTurn.poll() : inTurn.peek();
    }
  }

  private static Request request(InputStream in) throws IOException {
    HttpLines lines = new HttpLines(in, HttpAnswer.MAX_HEAD_BYTES);
    String[] first = lines.next().split(" ", -1);
    int length = 0;
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    return new Request(first[0], first[1], HttpAnswer.text(in.readNBytes(length)));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fake-daemon");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (SocketChannel connection : open) {
        connection.close();
      }
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
