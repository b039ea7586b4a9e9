package io.kneard.dqlite;

import io.kneard.dqlite.wire.MalformedMessage;
import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Response;
import io.kneard.dqlite.wire.ResponseHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/** Requests and responses in turn, over one connection, and what a failure means for each. */
final class Conversation implements AutoCloseable {
  /** Much more than a message of the library has, but for a dump, which is not read this way. */
  private static final int LARGEST_MESSAGE = 16 << 20;

  private final LocalSocket socket;
  private final String address;
  private Duration timeout;
  private Deadline deadline;
  private boolean usable = true;

  private Conversation(LocalSocket socket, String address, Duration timeout, Deadline deadline) {
    this.socket = socket;
    this.address = address;
    this.timeout = timeout;
    this.deadline = deadline;
  }

  static Conversation begin(Path path, String address, Duration timeout) throws NodeUnreachable {
    Deadline deadline = Deadline.after(timeout);
    try {
      LocalSocket socket = LocalSocket.connect(path, address, deadline);
      Conversation made = new Conversation(socket, address, timeout, deadline);
      try {
        socket.write(ResponseHeader.handshake(), deadline);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      return made;
    } catch (IOException e) {
      throw new NodeUnreachable("node " + address + ": " + e.getMessage(), e);
    }
  }

  void timeout(Duration value) {
    timeout = value;
  }

  boolean usable() {
    return usable;
  }

  /** Sends a request and returns the response if it is of the wanted type. */
  MessageReader ask(Effect effect, MessageWriter request, Response wanted) throws DqliteException {
    send(request);
    return receive(effect, wanted);
  }

  /** Sends a request. */
  void send(MessageWriter request) throws DqliteException {
    if (!usable) {
      throw new NodeUnreachable("node " + address + ": the connection is closed", null);
    }
    deadline = Deadline.after(timeout);
    try {
      socket.write(request.finish(), deadline);
    } catch (IOException e) {
      throw lost(Effect.NONE, e); // no node does what it has not got completely
    }
  }

  /** Reads a further part of the response; it has the whole time-out again. */
  MessageReader receiveNext() throws DqliteException {
    deadline = Deadline.after(timeout);
    return receive(Effect.NONE, Response.ROWS);
  }

  private MessageReader receive(Effect effect, Response wanted) throws DqliteException {
    MessageReader response = receive(effect);
    if (response.type() != wanted) {
      throw lost(effect, new MalformedMessage(response.type() + ": " + wanted + " is wanted"));
    }
    return response;
  }

  /** Reads a response to the last request, whatever it is but for a failure. */
  MessageReader receive(Effect effect) throws DqliteException {
    try {
      MessageReader response = body(header());
      if (response.type() == Response.FAILURE) {
        throw failure(effect, (int) response.word(), response.text());
      }
      return response;
    } catch (IOException e) {
      throw lost(effect, e);
    }
  }

  /** What a response means that is not the wanted one; the request had no effect. */
  DqliteException refusal(ResponseHeader header) {
    try {
      MessageReader response = body(header);
      if (response.type() == Response.FAILURE) {
        return failure(Effect.NONE, (int) response.word(), response.text());
      }
      throw new MalformedMessage(response.type() + " is not the answer to this request");
    } catch (IOException e) {
      return lost(Effect.NONE, e);
    }
  }

  /** Reads a response's header; its body has to be read next. */
  ResponseHeader header() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ResponseHeader.BYTES);
    socket.read(bytes, deadline);
    return ResponseHeader.parse(bytes.flip());
  }

  private MessageReader body(ResponseHeader header) throws IOException {
    if (header.bytes() > LARGEST_MESSAGE) {
      throw new MalformedMessage(
          "a message of " + header.bytes() + " bytes: at most " + LARGEST_MESSAGE);
    }
    ByteBuffer body = ByteBuffer.allocate((int) header.bytes());
    socket.read(body, deadline);
    return new MessageReader(header.type(), body.flip());
  }

  /** Reads a piece of a body; it has the whole time-out again. */
  void readNext(ByteBuffer into) throws IOException {
    deadline = Deadline.after(timeout);
    socket.read(into, deadline);
  }

  /** How a response is read. */
  interface Parser<T> {
    T parse(MessageReader response) throws MalformedMessage;
  }

  /** Reads a response to a request without effect. */
  <T> T parse(MessageReader response, Parser<T> parser) throws DqliteException {
    return parse(Effect.NONE, response, parser);
  }

  /** Reads a response; if it cannot be, the connection is closed. */
  <T> T parse(Effect effect, MessageReader response, Parser<T> parser) throws DqliteException {
    try {
      return parser.parse(response);
    } catch (MalformedMessage e) {
      throw lost(effect, e);
    }
  }

  /** The connection broke after a request was sent, or may have been. */
  DqliteException lost(Effect effect, IOException e) {
    close();
    String message = "node " + address + ": " + e.getMessage();
    return effect == Effect.WRITE
        ? new OutcomeUnknown(message, e)
        : new NodeUnreachable(message, e);
  }

  private DqliteException failure(Effect effect, int code, String message) {
    String text = "node " + address + ": " + message;
    return switch (FailureCode.of(code, message)) {
      case NOT_LEADER -> new NotLeader(text);
      case UNDECIDED -> {
        close();
        yield effect == Effect.WRITE
            ? new OutcomeUnknown(text + " (code " + code + ")", null)
            : new NodeUnreachable(text + " (code " + code + ")", null);
      }
      case REFUSED -> new RequestFailed(code, text);
    };
  }

  @Override
  public void close() {
    usable = false;
    socket.close();
  }
}
