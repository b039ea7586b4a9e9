package io.kneard.dqlite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of the form {@code name=value}. */
record Arguments(Map<String, String> values) {

  static Arguments of(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    for (String each : arguments) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("argument '" + each + "': name=value is wanted");
      }
      values.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new Arguments(values);
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String text(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException("argument " + name + " is missing"));
  }

  long number(String name) {
    String text = text(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "argument " + name + " = '" + text + "': a number is wanted", e);
    }
  }
}
