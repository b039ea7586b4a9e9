package io.kneard.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the values of a key are written and read.
 *
 * @param form how the settings file writes it
 * @param unit what a reader is told, such as {@code duration}
 * @param parser from what was written, one text for every form but {@link Form#LIST}
 * @param shown the value as it would be written
 * @param redacted what a message may repeat of a text that was refused
 */
record ValueType<T>(
    Form form,
    String unit,
    Function<List<String>, Parsed<T>> parser,
    Function<T, List<String>> shown,
    Function<String, String> redacted) {

  /** The kind of TOML value. */
  enum Form {
    STRING("a text in quotes"),
    INTEGER("a whole number without quotes"),
    BOOLEAN("true or false without quotes"),
    LIST("a list of texts in quotes");

    private final String wish;

    Form(String wish) {
      this.wish = wish;
    }

    String wish() {
      return wish;
    }
  }

  static <T> ValueType<T> of(
      Form form, String unit, Function<String, Parsed<T>> parser, Function<T, String> shown) {
    return new ValueType<>(
        form,
        unit,
        texts -> parser.apply(texts.get(0)),
        value -> List.of(shown.apply(value)),
        Function.identity());
  }

  /** Several values of a kind; an empty list and an empty element are refused. */
  static <T> ValueType<List<T>> listOf(ValueType<T> element) {
    return new ValueType<>(
        Form.LIST,
        "list of " + element.unit(),
        texts -> {
          Parsed<List<T>> all = Parsed.value(List.of());
          for (String text : texts) {
            all = all.then(list -> element.parser().apply(List.of(text)).then(v -> plus(list, v)));
          }
          return texts.isEmpty() ? Parsed.refused("at least one, or no such line") : all;
        },
        list -> list.stream().map(v -> element.shown().apply(v).get(0)).toList(),
        element.redacted());
  }

  ValueType<T> redacting(Function<String, String> hide) {
    return new ValueType<>(form, unit, parser, shown, hide);
  }

  private static <T> Parsed<List<T>> plus(List<T> list, T value) {
    return Parsed.value(Stream.concat(list.stream(), Stream.of(value)).toList());
  }
}
