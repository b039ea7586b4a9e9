package io.kneard.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The manual page of {@code kneard-java}, in the language of man(7), from the table of keys. */
public final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /**
   * Writes it; for the build.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("one argument: the file to write");
    }
    Path file = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text());
  }

  static String text() {
    return new ManPage().write();
  }

  private String write() {
    page.append(".TH \"kneard\\-java\" 8 \"\" \"\" \"kneard-java\"\n");
    section("NAME", "kneard-java - supervises neard and lets exactly one host sign");
    section("SYNOPSIS", "kneard-java [--config FILE] [--KEY=VALUE ...]");
    paragraph("kneard-java --check | --print-config [--json]");
    section(
        "DESCRIPTION",
        "The daemon of one host of a NEAR validator. It starts neard, takes the leader lock, and"
            + " gives neard the validator key for as long as it holds the lock. Usually systemd"
            + " runs it, and kneardctl(1) shows and steers it.");
    paragraph(
        "Every key of the settings file is also a flag and a variable. What counts, from lowest to"
            + " highest: default, file, KUUTAMO_ variable, KNEARD_ variable, flag. Lists: values"
            + " with commas between them.");
    section("OPTIONS", "");
    HelpText.ARGUMENTS.forEach(this::entry);
    section("SETTINGS", "");
    for (Key<?> key : Keys.ALL) {
      String name = "%s=<%s>".formatted(key.flag(), key.type().unit());
      entry(name, HelpText.meaning(key) + " Variable: " + key.variable() + ".");
    }
    section("EXIT STATUS", "");
    HelpText.EXIT_CODES.forEach(exit -> entry(Integer.toString(exit.code()), exit.meaning()));
    section("FILES", "");
    Map.of(
            "/etc/kneard/kneard.toml", "the settings",
            "/etc/kneard/keys", "the keys, which systemd hands to the daemon",
            "/etc/default/kneard-java", "variables for the unit",
            "/run/kneard", "the control socket, and what outlives a restart of the daemon")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(file -> entry(file.getKey(), file.getValue()));
    section("SEE ALSO", "kneardctl(1), systemd.unit(5)");
    return page.toString();
  }

  private void section(String title, String text) {
    page.append(".SH \"").append(title).append("\"\n");
    if (!text.isEmpty()) {
      page.append(escaped(text)).append('\n');
    }
  }

  private void paragraph(String text) {
    page.append(".PP\n").append(escaped(text)).append('\n');
  }

  private void entry(String term, String text) {
    page.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
    page.append(escaped(text)).append('\n');
  }

  /** A dot or an apostrophe at the beginning of a line would be a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
