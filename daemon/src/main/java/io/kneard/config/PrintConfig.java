package io.kneard.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows each value and where it came from; no secret is among them. */
public final class PrintConfig {

  /** A line of the table. */
  private record Line(String key, String value, String origin) {}

  private PrintConfig() {}

  /**
   * Three aligned columns: key, value as the settings file would have it, origin. A value that was
   * refused is shown as it was written, as far as that is no secret, and its origin says so.
   */
  public static String table(ReadSettings read) {
    List<Line> lines = Keys.ALL.stream().map(key -> line(key, read)).toList();
    int keys = lines.stream().mapToInt(line -> line.key().length()).max().orElse(1);
    int longest = lines.stream().mapToInt(line -> line.value().length()).max().orElse(1);
    String form = "%-" + keys + "s  %-" + Math.min(longest, 48) + "s  %s%n";
    StringBuilder table = new StringBuilder();
    lines.forEach(line -> table.append(form.formatted(line.key(), line.value(), line.origin())));
    return table.toString();
  }

  /**
   * A list of objects with key, value and origin; value is null where there is none, or where it
   * was refused.
   */
  public static String json(ReadSettings read) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Keys.ALL.forEach(key -> object(key, read, list.addObject()));
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return new JsonMapper().writer(lines).writeValueAsString(list) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts is always JSON", e);
    }
  }

  private static Line line(Key<?> key, ReadSettings read) {
    String value =
        read.values()
            .shown(key)
            .map(shown -> TomlText.value(key.type().form(), shown.texts()))
            .or(() -> read.refused(key).map(given -> asWritten(key, given)))
            .orElse("-");
    return new Line(key.path(), value, origin(key, read));
  }

  private static String asWritten(Key<?> key, Given given) {
    return given.texts().stream().map(key.type().redacted()).collect(Collectors.joining(", "));
  }

  private static String origin(Key<?> key, ReadSettings read) {
    return read.values()
        .shown(key)
        .map(shown -> shown.origin().toString())
        .or(() -> read.refused(key).map(given -> given.origin() + ", refused"))
        .orElse("default, " + key.preset().otherwise());
  }

  private static void object(Key<?> key, ReadSettings read, ObjectNode object) {
    Optional<Given> shown = read.values().shown(key);
    object.put("key", key.path());
    object.set("value", shown.map(given -> json(key, given)).orElse(NullNode.instance));
    object.put("origin", origin(key, read));
  }

  private static JsonNode json(Key<?> key, Given given) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (key.type().form()) {
      case STRING -> nodes.textNode(given.texts().get(0));
      case INTEGER -> nodes.numberNode(Integer.parseInt(given.texts().get(0)));
      case BOOLEAN -> nodes.booleanNode(Boolean.parseBoolean(given.texts().get(0)));
      case LIST -> {
        ArrayNode list = nodes.arrayNode();
        given.texts().forEach(list::add);
        yield list;
      }
    };
  }
}
