package io.kneard.dqlite;

import java.time.Instant;
import java.util.Arrays;

/** A parameter of a statement, or what stands in a column of a row: the protocol's eight types. */
public sealed interface Value {
  /** The protocol's code of the type. */
  int code();

  /** A whole number. */
  record Whole(long value) implements Value {
    /** The protocol's code of the type. */
    public static final int CODE = 1;

    @Override
    public int code() {
      return CODE;
    }
  }

  /** A floating point number. */
  record Real(double value) implements Value {
    @Override
    public int code() {
      return 2;
    }
  }

  /** A text; the protocol ends it with NUL, so one that contains it cannot be sent. */
  record Text(String value) implements Value {
    @Override
    public int code() {
      return 3;
    }
  }

  /** Bytes. They are not copied. */
  final class Blob implements Value {
    private final byte[] bytes;

    /** Takes the bytes over. */
    public Blob(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes themselves. */
    public byte[] value() {
      return bytes;
    }

    @Override
    public int code() {
      return 4;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Blob[" + bytes.length + " bytes]";
    }
  }

  /** Nothing. */
  record Null() implements Value {
    @Override
    public int code() {
      return 5;
    }
  }

  /** Seconds since 1970; what a number in a column declared DATETIME or TIMESTAMP comes back as. */
  record UnixTime(long seconds) implements Value {
    @Override
    public int code() {
      return 9;
    }
  }

  /** A time as text; what a text in a column declared DATETIME or TIMESTAMP comes back as. */
  record IsoTime(String value) implements Value {
    @Override
    public int code() {
      return 10;
    }
  }

  /** A truth value; what a number in a column declared BOOLEAN comes back as. */
  record Bool(boolean value) implements Value {
    @Override
    public int code() {
      return 11;
    }
  }

  /**
   * The value of a Java object: null, a number, a boolean, a string, bytes, an instant (as text in
   * UTC, which sorts by time) or already a value.
   *
   * @throws IllegalArgumentException for any other
   */
  static Value of(Object object) {
    if (object == null) {
      return new Null();
    } else if (object instanceof Value value) {
      return value;
    } else if (object instanceof Integer || object instanceof Long || object instanceof Short) {
      return new Whole(((Number) object).longValue());
    } else if (object instanceof Double || object instanceof Float) {
      return new Real(((Number) object).doubleValue());
    } else if (object instanceof String text) {
      return new Text(text);
    } else if (object instanceof byte[] bytes) {
      return new Blob(bytes);
    } else if (object instanceof Boolean truth) {
      return new Bool(truth);
    } else if (object instanceof Instant time) {
      return new IsoTime(time.toString());
    }
    throw new IllegalArgumentException(
        "parameter of " + object.getClass() + ": a number, boolean, text, bytes or time is wanted");
  }
}
