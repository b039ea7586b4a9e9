package io.kneard.neard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Edits of a JSON text that leave everything else in it as it is: comments, order, white space. A
 * path names a member of nested objects from the outermost on; the empty path is the whole.
 */
final class JsonText {
  /** JSON as neard reads it: with comments. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private JsonText() {}

  /** Where in the text one member stands. */
  private record Member(int nameStart, int valueStart, int valueEnd, int previousEnd) {}

  /** Without the byte order mark some editors write, which is no JSON. */
  static String bare(String text) {
    return text.startsWith("\uFEFF") ? " " + text.substring(1) : text;
  }

  /** Puts a member first in an object that is there. */
  static String insert(String text, List<String> object, String name, String value)
      throws IOException {
    int brace = openingBrace(text, object);
    boolean empty = firstMember(text, brace) < 0;
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    String indent = "  ".repeat(object.size() + 1);
    String member = "%s%s\"%s\": %s%s".formatted(end, indent, name, value, empty ? end : ",");
    return text.substring(0, brace + 1) + member + text.substring(brace + 1);
  }

  /** Replaces the member's value; makes the member, and the objects it is in, if it is missing. */
  static String put(String text, List<String> path, String value) throws IOException {
    Optional<Member> found = find(text, path);
    if (found.isPresent()) {
      Member member = found.get();
      return text.substring(0, member.valueStart()) + value + text.substring(member.valueEnd());
    }
    List<String> object = path.subList(0, path.size() - 1);
    String there =
        object.isEmpty() || find(text, object).isPresent() ? text : put(text, object, "{}");
    return insert(there, object, path.get(path.size() - 1), value);
  }

  /** Removes the member, however often it is there. */
  static String removeAll(String text, List<String> path) throws IOException {
    String result = text;
    Optional<Member> member = find(result, path);
    while (member.isPresent()) {
      result = remove(result, member.get());
      member = find(result, path);
    }
    return result;
  }

  private static String remove(String text, Member member) {
    int next = skip(text, member.valueEnd());
    int from = member.nameStart();
    int to = member.valueEnd();
    if (text.charAt(next) == ',') {
      to = next + 1;
    } else if (member.previousEnd() >= 0) {
      // The last of several: the comma before it goes instead; comments between stay.
      int comma = skip(text, member.previousEnd());
      String kept = text.substring(comma + 1, from);
      return text.substring(0, comma) + kept.stripTrailing() + text.substring(to);
    }
    int line = from;
    while (line > 0 && (text.charAt(line - 1) == ' ' || text.charAt(line - 1) == '\t')) {
      line--;
    }
    boolean alone =
        line > 0 && text.charAt(line - 1) == '\n' && "\r\n".indexOf(text.charAt(to)) >= 0;
    if (alone) {
      from = line - 1;
      if (from > 0 && text.charAt(from - 1) == '\r') {
        from--;
      }
    }
    return text.substring(0, from) + text.substring(to);
  }

  private static Optional<Member> find(String text, List<String> path) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bare(text))) {
      parser.nextToken();
      return find(parser, path);
    }
  }

  private static Optional<Member> find(JsonParser parser, List<String> path) throws IOException {
    int previousEnd = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int nameStart = (int) parser.currentTokenLocation().getCharOffset();
      boolean onTheWay = parser.currentName().equals(path.get(0));
      JsonToken value = parser.nextToken();
      if (onTheWay && path.size() > 1) {
        return value == JsonToken.START_OBJECT
            ? find(parser, path.subList(1, path.size()))
            : Optional.empty();
      }
      int valueStart = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      parser.finishToken();
      int valueEnd = (int) parser.currentLocation().getCharOffset();
      if (onTheWay) {
        return Optional.of(new Member(nameStart, valueStart, valueEnd, previousEnd));
      }
      previousEnd = valueEnd;
    }
    return Optional.empty();
  }

  private static int openingBrace(String text, List<String> object) throws IOException {
    if (!object.isEmpty()) {
      return find(text, object).orElseThrow().valueStart();
    }
    try (JsonParser parser = FACTORY.createParser(bare(text))) {
      parser.nextToken();
      return (int) parser.currentTokenLocation().getCharOffset();
    }
  }

  private static int firstMember(String text, int brace) {
    int next = skip(text, brace + 1);
    return text.charAt(next) == '}' ? -1 : next;
  }

  /** The position of the next character that is neither white space nor in a comment. */
  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", at)) {
        at = text.indexOf("*/", at + 2) + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }
}
