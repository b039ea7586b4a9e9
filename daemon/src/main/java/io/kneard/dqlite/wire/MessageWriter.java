package io.kneard.dqlite.wire;

import io.kneard.dqlite.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts a request together: little endian, everything in words of 8 bytes. The first word is the
 * header: words that follow (u32), type (u8), schema (u8), extra (u16).
 */
public final class MessageWriter {
  private static final int WORD = Long.BYTES;
  private static final int TYPE_AT = 4;
  private static final int SCHEMA_AT = 5;
  private static final int FIRST_SIZE = 256;

  /** What one byte can count; more parameters need schema 1. */
  private static final int SHORT_COUNT = 255;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE).order(ByteOrder.LITTLE_ENDIAN);

  /** Begins a message. */
  public MessageWriter(Request request) {
    word(0);
    buffer.put(TYPE_AT, (byte) request.code());
  }

  /** A word of 64 bits. */
  public MessageWriter word(long value) {
    room(WORD).putLong(value);
    return this;
  }

  /** Two halves of a word. */
  public MessageWriter halves(int first, int second) {
    room(WORD).putInt(first).putInt(second);
    return this;
  }

  /**
   * A text, ended by NUL and filled up to a word.
   *
   * @throws IllegalArgumentException for one that would come back as another: with a NUL in it, or
   *     half a character
   */
  public MessageWriter text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with a NUL in it: use bytes");
    }
    ByteBuffer bytes = encoded(value);
    room(bytes.remaining() + WORD).put(bytes).put((byte) 0);
    return fill();
  }

  private static ByteBuffer encoded(String value) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text with half a character: use bytes", e);
    }
  }

  /** The values of a statement's parameters; nothing if there are none. */
  public MessageWriter parameters(List<Value> values) {
    if (values.isEmpty()) {
      return this;
    }
    room(WORD + values.size());
    if (values.size() <= SHORT_COUNT) {
      buffer.put((byte) values.size());
    } else {
      buffer.put(SCHEMA_AT, (byte) 1);
      buffer.putInt(values.size());
    }
    values.forEach(value -> buffer.put((byte) sentAs(value)));
    fill();
    values.forEach(this::value);
    return this;
  }

  /** The library knows the type of Unix times in results only; to store, they are numbers. */
  private static int sentAs(Value value) {
    return value instanceof Value.UnixTime ? Value.Whole.CODE : value.code();
  }

  private void value(Value value) {
    if (value instanceof Value.Whole whole) {
      word(whole.value());
    } else if (value instanceof Value.Real real) {
      word(Double.doubleToRawLongBits(real.value()));
    } else if (value instanceof Value.Text text) {
      text(text.value());
    } else if (value instanceof Value.Blob blob) {
      word(blob.value().length);
      room(blob.value().length + WORD).put(blob.value());
      fill();
    } else if (value instanceof Value.Null) {
      word(0);
    } else if (value instanceof Value.UnixTime time) {
      word(time.seconds());
    } else if (value instanceof Value.IsoTime time) {
      text(time.value());
    } else if (value instanceof Value.Bool bool) {
      word(bool.value() ? 1 : 0);
    }
  }

  /** The whole message. */
  public ByteBuffer finish() {
    buffer.putInt(0, buffer.position() / WORD - 1);
    return buffer.flip();
  }

  private MessageWriter fill() {
    while (buffer.position() % WORD != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes + WORD);
      buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
    return buffer;
  }
}
