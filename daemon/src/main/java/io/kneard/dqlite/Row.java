package io.kneard.dqlite;

import java.util.List;

/**
 * One row of a result.
 *
 * @param columns the names of the columns
 * @param values one for each column
 */
public record Row(List<String> columns, List<Value> values) {
  /** The value of that column, counted from 0. */
  public Value value(int column) {
    return values.get(column);
  }

  /**
   * The value of the column of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Value value(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + column + " in " + columns);
    }
    return values.get(index);
  }

  /** Whether there is nothing in that column. */
  public boolean isNull(int column) {
    return value(column) instanceof Value.Null;
  }

  /** A whole number, also one that came as a truth value or a time. */
  public long whole(int column) {
    Value value = value(column);
    if (value instanceof Value.Whole whole) {
      return whole.value();
    } else if (value instanceof Value.Bool bool) {
      return bool.value() ? 1 : 0;
    } else if (value instanceof Value.UnixTime time) {
      return time.seconds();
    }
    throw notA("a whole number", column);
  }

  /** A number with a fraction. */
  public double real(int column) {
    Value value = value(column);
    return value instanceof Value.Real real ? real.value() : whole(column);
  }

  /** A text, also one that came as a time. */
  public String text(int column) {
    Value value = value(column);
    if (value instanceof Value.Text text) {
      return text.value();
    } else if (value instanceof Value.IsoTime time) {
      return time.value();
    }
    throw notA("a text", column);
  }

  /** Bytes. */
  public byte[] blob(int column) {
    if (value(column) instanceof Value.Blob blob) {
      return blob.value();
    }
    throw notA("bytes", column);
  }

  /** A truth value; a number is true unless it is 0. */
  public boolean bool(int column) {
    return whole(column) != 0;
  }

  private IllegalStateException notA(String wanted, int column) {
    return new IllegalStateException(
        "column %s: %s is wanted, there is a %s"
            .formatted(columns.get(column), wanted, value(column).getClass().getSimpleName()));
  }
}
