package io.kneard.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the lines on which keys stand, because the TOML parser does not tell. It is there for
 * messages only and knows plain tables and keys; what it does not find is shown without a line.
 */
final class TomlLines {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[([A-Za-z0-9_.\\s-]+)]\\s*(#.*)?");
  private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=.*");

  private TomlLines() {}

  /** The line, counted from 1, of each path, tables included. */
  static Map<String, Integer> of(String toml) {
    Map<String, Integer> lines = new HashMap<>();
    String table = "";
    int number = 0;
    for (String line : toml.lines().toList()) {
      number++;
      Matcher header = TABLE.matcher(line);
      Matcher key = KEY.matcher(line);
      if (header.matches()) {
        table = header.group(1).replaceAll("\\s", "");
        lines.putIfAbsent(table, number);
      } else if (key.matches()) {
        lines.putIfAbsent(table.isEmpty() ? key.group(1) : table + "." + key.group(1), number);
      }
    }
    return lines;
  }
}
