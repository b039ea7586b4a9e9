package io.kneard.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the text of a settings file. */
final class TomlLayer {
  private final Path file;
  private final Map<String, Integer> lines;
  private final Layer layer = Layer.empty();

  private TomlLayer(Path file, String text) {
    this.file = file;
    this.lines = TomlLines.of(text);
  }

  static Layer read(Path file, String text) {
    TomlLayer reader = new TomlLayer(file, text);
    try {
      if (new TomlMapper().readTree(text) instanceof ObjectNode tree) {
        reader.table("", tree);
      }
    } catch (JsonProcessingException e) {
      return Layer.broken(syntax(file, e));
    }
    return reader.layer;
  }

  /** Its message names characters and rules, and at most the name of a key that stands twice. */
  private static Complaint syntax(Path file, JsonProcessingException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    String at = new Origin.File(file, line).toString();
    return Complaint.at(at, "no TOML: " + e.getOriginalMessage(), "correct that line");
  }

  private void table(String prefix, ObjectNode table) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      String path = prefix + entry.getKey();
      Optional<Key<?>> key = Keys.at(path);
      if (key.isPresent()) {
        leaf(key.get(), entry.getValue());
      } else if (entry.getValue() instanceof ObjectNode inner && isSection(path)) {
        table(path + ".", inner);
      } else {
        unknown(path, entry.getValue());
      }
    }
  }

  private static boolean isSection(String path) {
    return !path.isEmpty() && Keys.SECTIONS.containsKey(path);
  }

  private void unknown(String path, JsonNode node) {
    if (isSection(path)) {
      String wish = "a section, written [%s]".formatted(path);
      layer.complaints().add(Complaint.about(path, origin(path), wish));
      return;
    }
    boolean section = node.isObject();
    Stream<String> names =
        section
            ? Keys.SECTIONS.keySet().stream().filter(name -> !name.isEmpty())
            : Keys.ALL.stream().map(Key::path);
    layer
        .complaints()
        .add(
            Complaint.about(
                path,
                origin(path),
                "no such %s%s".formatted(section ? "section" : "key", Nearest.hint(path, names))));
  }

  private void leaf(Key<?> key, JsonNode node) {
    Optional<List<String>> texts = texts(key.type().form(), node);
    if (texts.isPresent()) {
      layer.given().put(key, new Given(texts.get(), origin(key.path())));
      return;
    }
    String value = node.isValueNode() ? node.asText() : node.isArray() ? "a list" : "a table";
    layer
        .complaints()
        .add(
            Complaint.about(
                key,
                new Given(List.of(value), origin(key.path())),
                "%s, such as %s".formatted(key.type().form().wish(), TomlText.assignment(key))));
  }

  private static Optional<List<String>> texts(ValueType.Form form, JsonNode node) {
    boolean fits =
        switch (form) {
          case STRING -> node.isTextual();
          case INTEGER -> node.isIntegralNumber();
          case BOOLEAN -> node.isBoolean();
          case LIST -> node.isArray();
        };
    if (!fits) {
      return Optional.empty();
    }
    if (form != ValueType.Form.LIST) {
      return Optional.of(List.of(node.asText()));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        return Optional.empty();
      }
      texts.add(element.asText());
    }
    return Optional.of(List.copyOf(texts));
  }

  private Origin origin(String path) {
    return new Origin.File(file, lines.getOrDefault(path, 0));
  }
}
