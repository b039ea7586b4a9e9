package io.kneard.dqlite.wire;

import io.kneard.dqlite.Value;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a response apart. Nothing in it is believed: a length that goes past the message's end is a
 * {@link MalformedMessage}.
 */
public final class MessageReader {
  private static final int WORD = Long.BYTES;
  private static final int CODES_IN_WORD = 16;
  private static final int CODE_BITS = 4;

  /** SQLite's own limit is 2000 unless it is compiled otherwise; its hard one is this. */
  private static final int MOST_COLUMNS = 32767;

  /** Of each byte of a word. */
  private static final long LOWEST_BITS = 0x0101010101010101L;

  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private static final long DONE = 0xffffffffffffffffL;
  private static final long MORE = 0xeeeeeeeeeeeeeeeeL;

  private final Response type;
  private final ByteBuffer body;

  /** The message of that type with that body. */
  public MessageReader(Response type, ByteBuffer body) {
    this.type = type;
    this.body = body.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What kind of response it is. */
  public Response type() {
    return type;
  }

  /** Whether something is left to read. */
  public boolean hasMore() {
    return body.hasRemaining();
  }

  /** A word of 64 bits. */
  public long word() throws MalformedMessage {
    try {
      return body.getLong();
    } catch (BufferUnderflowException e) {
      throw tooShort("a number");
    }
  }

  /** Half a word. */
  public int half() throws MalformedMessage {
    try {
      return body.getInt();
    } catch (BufferUnderflowException e) {
      throw tooShort("a number");
    }
  }

  /** A text. */
  public String text() throws MalformedMessage {
    int start = body.position();
    int end = start;
    while (body.limit() - end >= WORD && !hasZeroByte(body.getLong(end))) {
      end += WORD;
    }
    while (end < body.limit() && body.get(end) != 0) {
      end++;
    }
    if (end == body.limit()) {
      throw tooShort("the end of a text");
    }
    byte[] bytes = new byte[end - start];
    body.get(bytes);
    skipTo(end + 1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Only then a byte of the difference has its highest bit, and did not have it before. */
  private static boolean hasZeroByte(long word) {
    return ((word - LOWEST_BITS) & ~word & HIGHEST_BITS) != 0;
  }

  /** Bytes with their length before them. */
  public byte[] blob() throws MalformedMessage {
    long length = word();
    if (length < 0 || length > body.remaining()) {
      throw tooShort(length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    body.get(bytes);
    skipTo(body.position());
    return bytes;
  }

  /** The names of a result's columns, with their count before them. */
  public List<String> columns() throws MalformedMessage {
    long count = word();
    if (count < 0 || count > MOST_COLUMNS) {
      throw new MalformedMessage(count + " columns: at most " + MOST_COLUMNS + " are possible");
    }
    List<String> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      names.add(text());
    }
    return names;
  }

  /** How a part of a result ends. */
  public enum PartEnd {
    /** Nothing follows. */
    DONE,
    /** A further message follows. */
    MORE
  }

  /**
   * Reads rows up to the end of this part.
   *
   * @param columns how many values a row has
   * @param into takes the rows
   */
  public PartEnd rows(int columns, List<List<Value>> into) throws MalformedMessage {
    while (true) {
      if (body.remaining() < WORD) {
        throw tooShort("the end of the rows");
      }
      long next = body.getLong(body.position());
      if (next == DONE || next == MORE) {
        return next == DONE ? PartEnd.DONE : PartEnd.MORE;
      }
      into.add(row(columns));
    }
  }

  private List<Value> row(int columns) throws MalformedMessage {
    long[] codes = new long[(columns + CODES_IN_WORD - 1) / CODES_IN_WORD];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = word();
    }
    List<Value> row = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      long word = codes[i / CODES_IN_WORD];
      row.add(value((int) (word >>> (i % CODES_IN_WORD * CODE_BITS)) & 0xf));
    }
    return row;
  }

  private Value value(int code) throws MalformedMessage {
    return switch (code) {
      case 1 -> new Value.Whole(word());
      case 2 -> new Value.Real(Double.longBitsToDouble(word()));
      case 3 -> new Value.Text(text());
      case 4 -> new Value.Blob(blob());
      case 5 -> {
        word();
        yield new Value.Null();
      }
      case 9 -> new Value.UnixTime(word());
      case 10 -> new Value.IsoTime(text());
      case 11 -> new Value.Bool(word() != 0);
      default -> throw new MalformedMessage("value type " + code + " is not known");
    };
  }

  private void skipTo(int position) throws MalformedMessage {
    int next = (position + WORD - 1) / WORD * WORD;
    if (next > body.limit()) {
      throw tooShort("the rest of a word");
    }
    body.position(next);
  }

  private MalformedMessage tooShort(String wanted) {
    return new MalformedMessage(type + " of " + body.limit() + " bytes ends before " + wanted);
  }
}
