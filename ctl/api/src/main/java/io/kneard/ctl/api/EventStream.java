package io.kneard.ctl.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * State changes as they happen, first the remembered ones. One thread reads; any thread may close,
 * which ends a waiting {@link #next}.
 */
public final class EventStream implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private final Path socket;
  private final UnixConnection connection;
  private final HttpAnswer answer;
  private final Duration silence;
  private volatile boolean closed;

  EventStream(Path socket, UnixConnection connection, HttpAnswer answer, Duration silence) {
    this.socket = socket;
    this.connection = connection;
    this.answer = answer;
    this.silence = silence;
  }

  /**
   * Waits for the next change.
   *
   * @return null once the daemon has ended the stream in order, or this stream was closed
   * @throws ControlException if the connection broke, or not even an empty line came for longer
   *     than the daemon ever keeps silent
   */
  public StateChange next() throws ControlException {
    try {
      while (true) {
        connection.deadline(Deadline.in(silence));
        byte[] line = line();
        if (line == null) {
          return null;
        }
        if (line.length > 0) {
          return change(line);
        }
      }
    } catch (IOException e) {
      if (closed) {
        return null;
      }
      throw e instanceof ControlException known
          ? known
          : NoAnswer.broken(socket, e.getMessage(), e);
    }
  }

  /** One line without its end; null at the end of the stream. */
  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = answer.body().read();
      if (b < 0 && line.size() == 0) {
        return null;
      }
      if (b < 0 || b == '\n') {
        return line.toByteArray();
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException("a line has more than " + MAX_LINE_BYTES + " bytes");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
  }

  private static StateChange change(byte[] line) throws IOException {
    try {
      StateChange change = ControlJson.get().readValue(line, StateChange.class);
      if (change != null && change.at() != null && change.to() != null) {
        return change;
      }
    } catch (JsonProcessingException notJson) {
      // Said below, with the line itself.
    }
    throw new ProtocolException("not a state change: " + HttpLines.quote(HttpAnswer.text(line)));
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }
}
