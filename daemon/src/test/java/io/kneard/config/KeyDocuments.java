package io.kneard.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of keys as the annotated settings file and as a part of the documentation. */
final class KeyDocuments {
  private static final int WIDTH = 88;

  private static final String HEAD =
      """
      # Settings of kneard-java. Usual place: /etc/kneard/kneard.toml
      #
      # Every key is here, commented out, with its default or, where there is none, an
      # example. To set one, remove the single # before it.
      #
      # Later ones win: default, this file, KUUTAMO_ variable, KNEARD_ variable, flag.
      # Every key is also a variable (lock.ttl: KNEARD_LOCK_TTL) and a flag
      # (--lock.ttl=30s). Durations have a unit: "500ms", "20s", "2m", "1h".
      #
      # After an edit:  sudo kneardctl check          says what is wrong and changes nothing
      #                 kneard-java --print-config    shows what holds, and why
      #                 systemctl reload kneard-java  for the keys marked "reload"
      """;

  private KeyDocuments() {}

  static String toml() {
    StringBuilder file = new StringBuilder(HEAD);
    for (Map.Entry<String, String> section : Keys.SECTIONS.entrySet()) {
      file.append("\n\n");
      comment(file, section.getValue());
      if (!section.getKey().isEmpty()) {
        file.append('[').append(section.getKey()).append("]\n");
      }
      Keys.ALL.stream()
          .filter(key -> key.section().equals(section.getKey()))
          .forEach(key -> entry(file, key));
    }
    return file.toString();
  }

  private static void entry(StringBuilder file, Key<?> key) {
    file.append('\n');
    comment(file, key.meaning());
    comment(
        file, "%s. Default: %s. Takes effect: %s.".formatted(unit(key), preset(key), when(key)));
    file.append('#').append(TomlText.assignment(key)).append('\n');
  }

  private static void comment(StringBuilder file, String text) {
    Wrap.lines(text, WIDTH - 2).forEach(line -> file.append("# ").append(line).append('\n'));
  }

  static String markdown() {
    StringBuilder page = new StringBuilder();
    for (Map.Entry<String, String> section : Keys.SECTIONS.entrySet()) {
      String name = section.getKey().isEmpty() ? "Top level" : "`[" + section.getKey() + "]`";
      page.append("\n### %s\n\n%s\n\n".formatted(name, section.getValue()));
      page.append("| key | type | default | takes effect | meaning | original's variable |\n");
      page.append("|---|---|---|---|---|---|\n");
      Keys.ALL.stream()
          .filter(key -> key.section().equals(section.getKey()))
          .forEach(key -> page.append(row(key)));
    }
    return page.toString();
  }

  private static String row(Key<?> key) {
    List<String> cells =
        List.of(
            "`" + key.path() + "`",
            key.type().unit(),
            key.preset().texts().isEmpty() ? preset(key) : "`" + preset(key) + "`",
            when(key),
            key.meaning(),
            key.original().stream().map(n -> "`" + n + "`").collect(Collectors.joining(", ")));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String unit(Key<?> key) {
    String unit = key.type().unit();
    return Character.toUpperCase(unit.charAt(0)) + unit.substring(1);
  }

  private static String preset(Key<?> key) {
    List<String> texts = key.preset().texts();
    return texts.isEmpty() ? key.preset().otherwise() : String.join(", ", texts);
  }

  private static String when(Key<?> key) {
    return key.change().text();
  }
}
