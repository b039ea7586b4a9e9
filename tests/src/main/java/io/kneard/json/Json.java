package io.kneard.json;

import java.util.Iterator;
import java.util.Map;

/**
 * JSON as plain Java values: {@code Map<String, Object>}, {@code List<Object>}, {@code String},
 * {@code Long}, {@code Double}, {@code Boolean} and null.
 */
public final class Json {
  private Json() {}

  /**
   * Reads one value. Line and block comments are allowed, as neard allows them.
   *
   * @throws IllegalArgumentException if the text is no JSON; the message has the offset
   */
  public static Object read(String text) {
    return new JsonReader(text).document();
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if the text is no JSON, or its value is no object
   */
  @SuppressWarnings("unchecked") // the reader makes no other maps
  public static Map<String, Object> readObject(String text) {
    if (read(text) instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /** The value as JSON on one line. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder(256);
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> object) {
      appendObject(out, object);
    } else if (value instanceof Iterable<?> list) {
      appendList(out, list);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      appendText(out, value.toString());
    }
  }

  private static void appendObject(StringBuilder out, Map<?, ?> object) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      out.append(separator);
      appendText(out, entry.getKey().toString());
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendList(StringBuilder out, Iterable<?> list) {
    out.append('[');
    for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
      append(out, each.next());
      if (each.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
