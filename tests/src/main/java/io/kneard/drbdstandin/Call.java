package io.kneard.drbdstandin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command line, taken apart.
 *
 * @param verb like {@code new-peer}
 * @param plain arguments that are no options
 * @param options without their dashes; {@code yes} where no value is given
 */
record Call(String verb, List<String> plain, Map<String, String> options) {
  static Call of(List<String> arguments) {
    List<String> plain = new ArrayList<>();
    Map<String, String> options = new TreeMap<>();
    for (String argument : arguments.subList(1, arguments.size())) {
      if (argument.startsWith("--")) {
        int equals = argument.indexOf('=');
        options.put(
            argument.substring(2, equals < 0 ? argument.length() : equals),
            equals < 0 ? "yes" : argument.substring(equals + 1));
      } else {
        plain.add(argument);
      }
    }
    return new Call(arguments.get(0), plain, options);
  }

  String at(int index) {
    return plain.get(index);
  }

  int number(int index) {
    return Integer.parseInt(plain.get(index));
  }

  boolean has(String option) {
    return options.getOrDefault(option, "no").equals("yes");
  }
}
