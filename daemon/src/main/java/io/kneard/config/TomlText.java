package io.kneard.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes keys and values as a settings file has them. */
final class TomlText {
  private TomlText() {}

  /** {@code ttl = "30s"}: the key within its section, with its default or an example. */
  static String assignment(Key<?> key) {
    return key.name() + " = " + value(key.type().form(), List.of(key.preset().example()));
  }

  static String value(ValueType.Form form, List<String> texts) {
    return switch (form) {
      case STRING -> quoted(texts.get(0));
      case INTEGER, BOOLEAN -> texts.get(0);
      case LIST -> texts.stream().map(TomlText::quoted).collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
