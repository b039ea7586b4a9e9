package io.kneard.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --help} shows. */
public final class HelpText {
  private static final int WIDTH = 88;
  private static final String INDENT = "      ";

  /** A way in which the program ends. */
  record Exit(int code, String meaning) {}

  static final List<Exit> EXIT_CODES =
      List.of(
          new Exit(0, "stopped as asked, shown, or the check found no error"),
          new Exit(1, "it could not run, or the check found an error"),
          new Exit(CommandLine.Misuse.EXIT_CODE, "mistyped arguments"),
          new Exit(3, "out of memory"),
          new Exit(75, "asked to stay down (kneardctl maintenance-shutdown --then stop)"),
          new Exit(SettingsProblem.EXIT_CODE, "settings that cannot be used"));

  /** What can be asked of the program besides running, and what it means. */
  static final Map<String, String> ARGUMENTS = arguments();

  private HelpText() {}

  private static Map<String, String> arguments() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("--config FILE", "settings file (KNEARD_CONFIG; /etc/kneard/kneard.toml)");
    all.put("--check", "say what is wrong with settings, keys and services, and end");
    all.put("--print-config", "show every value and where it came from, what is wrong, and end");
    all.put(
        "--recover-cluster",
        "say what 'kneardctl cluster recover' would do; with --yes do it, and end");
    all.put("--backup FOLDER", "with --recover-cluster: begin with what this backup has");
    all.put("--json", "what the three above say as JSON");
    all.put("-h, --help", "this page");
    all.put("--version", "the version");
    return Collections.unmodifiableMap(all);
  }

  /** The whole page. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append("Usage: kneard-java [--config FILE] [--KEY=VALUE ...]\n");
    page.append("       kneard-java --check | --print-config [--json]\n");
    page.append("       kneard-java --recover-cluster [--backup FOLDER] [--yes] [--json]\n");
    page.append("       kneard-java --help | --version\n\n");
    page.append("Supervises neard and lets exactly one host sign.\n\n");
    ARGUMENTS.forEach((name, text) -> page.append("  %-17s  %s\n".formatted(name, text)));
    page.append('\n');
    page.append(
        "Every key of the settings file is also a flag and a variable. What counts, from\n");
    page.append("lowest to highest: default, file, KUUTAMO_ variable, KNEARD_ variable, flag.\n");
    page.append("Lists: values with commas between them.\n");
    Keys.ALL.forEach(key -> append(page, key));
    page.append("\nExit codes:\n");
    EXIT_CODES.forEach(exit -> page.append("%4d  %s\n".formatted(exit.code(), exit.meaning())));
    return page.toString();
  }

  private static void append(StringBuilder page, Key<?> key) {
    page.append("\n  %s=<%s>\n".formatted(key.flag(), key.type().unit()));
    Wrap.lines(meaning(key), WIDTH - INDENT.length())
        .forEach(line -> page.append(INDENT).append(line).append('\n'));
    page.append(INDENT).append(key.variable()).append('\n');
  }

  /** What a key does, and what holds without it. */
  static String meaning(Key<?> key) {
    List<String> preset = key.preset().texts();
    String otherwise = preset.isEmpty() ? key.preset().otherwise() : String.join(", ", preset);
    return "%s Default: %s.".formatted(key.meaning(), otherwise);
  }
}
