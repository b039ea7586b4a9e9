package io.kneard.dqlite.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first word of a response.
 *
 * @param bytes how long the body is
 */
public record ResponseHeader(Response type, long bytes) {
  /** How long a header is. */
  public static final int BYTES = 8;

  private static final long PROTOCOL_VERSION = 1;

  /** What a client sends first, once. */
  public static ByteBuffer handshake() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(PROTOCOL_VERSION)
        .flip();
  }

  /** Reads a header. */
  public static ResponseHeader parse(ByteBuffer word) throws MalformedMessage {
    word.order(ByteOrder.LITTLE_ENDIAN);
    long words = Integer.toUnsignedLong(word.getInt());
    return new ResponseHeader(Response.of(word.get() & 0xff), words * Long.BYTES);
  }
}
