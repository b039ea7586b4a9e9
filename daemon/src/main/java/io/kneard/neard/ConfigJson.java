package io.kneard.neard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * neard's {@code config.json}, edited in place: comments, order, white space and unknown keys stay
 * as the operator wrote them (facts: operators keep comments in it).
 *
 * @param file the file; a symbolic link is followed and kept
 */
public record ConfigJson(Path file) {
  private static final String EXPECTED_SHUTDOWN = "expected_shutdown";
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();
  private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

  /** Where in the text one top-level member stands. */
  private record Member(int nameStart, int valueStart, int valueEnd, int previousEnd) {}

  /** Has neard stop as soon as its head is at or past {@code height}, from its next reload on. */
  public void planShutdown(long height) throws IOException {
    edit(text -> insert(removeAll(text), height), Optional.of(height));
  }

  /** Removes the planned stop; left behind it would stop the next start at once. */
  public void forgetShutdown() throws IOException {
    if (tree(read()).has(EXPECTED_SHUTDOWN)) {
      edit(ConfigJson::removeAll, Optional.empty());
    }
  }

  /** The planned stop. */
  public Optional<Long> plannedShutdown() throws IOException {
    JsonNode value = tree(read()).path(EXPECTED_SHUTDOWN);
    return value.canConvertToLong() ? Optional.of(value.asLong()) : Optional.empty();
  }

  /** Where neard answers: {@code rpc.addr}, with a wildcard address replaced by loopback. */
  public String rpcAddress() throws IOException {
    String address = tree(read()).path("rpc").path("addr").asText("0.0.0.0:3030");
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    String port = colon < 0 ? "3030" : address.substring(colon + 1);
    String reachable =
        switch (host) {
          case "", "0.0.0.0" -> "127.0.0.1";
          case "[::]" -> "[::1]";
          default -> host;
        };
    return reachable + ":" + port;
  }

  /** Where neard looks for its validator key. */
  public Path validatorKeyFile() throws IOException {
    String name = tree(read()).path("validator_key_file").asText("validator_key.json");
    return file.toAbsolutePath().getParent().resolve(name);
  }

  private interface Edit {
    String apply(String text) throws IOException;
  }

  private void edit(Edit edit, Optional<Long> wanted) throws IOException {
    String before = read();
    ObjectNode expected = tree(before).deepCopy();
    String after = edit.apply(before);
    expected.remove(EXPECTED_SHUTDOWN);
    wanted.ifPresent(height -> expected.put(EXPECTED_SHUTDOWN, height));
    if (!tree(after).toString().equals(ordered(expected, tree(after)).toString())) {
      throw new IOException(file + ": the edit would have changed more than " + EXPECTED_SHUTDOWN);
    }
    Path real = file.toRealPath();
    AtomicFile.replace(
        real, after.getBytes(StandardCharsets.UTF_8), Files.getPosixFilePermissions(real));
  }

  /** The same members in the order of the other, so that only contents are compared. */
  private static ObjectNode ordered(ObjectNode members, ObjectNode order) {
    ObjectNode result = MAPPER.createObjectNode();
    order.fieldNames().forEachRemaining(name -> result.set(name, members.path(name)));
    members.fieldNames().forEachRemaining(name -> result.set(name, members.path(name)));
    return result;
  }

  private String read() throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("%s: larger than %d bytes".formatted(file, MAX_BYTES));
    }
    return Files.readString(file);
  }

  private ObjectNode tree(String text) throws IOException {
    try {
      if (MAPPER.readTree(bare(text)) instanceof ObjectNode object) {
        return object;
      }
      throw new IOException(file + ": not a JSON object");
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  /** Without the byte order mark some editors write, which is no JSON. */
  private static String bare(String text) {
    return text.startsWith("\uFEFF") ? " " + text.substring(1) : text;
  }

  private static String insert(String text, long height) throws IOException {
    int brace = openingBrace(text);
    boolean empty = firstMember(text, brace) < 0;
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    String member = "%s  \"%s\": %d%s".formatted(end, EXPECTED_SHUTDOWN, height, empty ? end : ",");
    return text.substring(0, brace + 1) + member + text.substring(brace + 1);
  }

  private static String removeAll(String text) throws IOException {
    String result = text;
    Optional<Member> member = find(result);
    while (member.isPresent()) {
      result = remove(result, member.get());
      member = find(result);
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

  private static Optional<Member> find(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bare(text))) {
      parser.nextToken();
      int previousEnd = -1;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int nameStart = (int) parser.currentTokenLocation().getCharOffset();
        boolean wanted = parser.currentName().equals(EXPECTED_SHUTDOWN);
        parser.nextToken();
        int valueStart = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int valueEnd = (int) parser.currentLocation().getCharOffset();
        if (wanted) {
          return Optional.of(new Member(nameStart, valueStart, valueEnd, previousEnd));
        }
        previousEnd = valueEnd;
      }
      return Optional.empty();
    }
  }

  private static int openingBrace(String text) throws IOException {
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
