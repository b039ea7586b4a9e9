package io.kneard.config;

import java.util.List;

/** What {@code --help} shows. */
public final class HelpText {
  private static final int WIDTH = 88;
  private static final String INDENT = "      ";

  private HelpText() {}

  /** The whole page. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append("Usage: kneard-java [--config FILE] [--KEY=VALUE ...]\n");
    page.append("       kneard-java --check | --print-config [--json]\n");
    page.append("       kneard-java --help | --version\n\n");
    page.append("Supervises neard and lets exactly one host sign.\n\n");
    page.append("  --config FILE   settings file (KNEARD_CONFIG; /etc/kneard/kneard.toml)\n");
    page.append("  --check         say what is wrong with settings, keys and services, and end\n");
    page.append(
        "  --print-config  show every value and where it came from, what is wrong, and end\n");
    page.append("  --json          the two above as JSON\n");
    page.append("  -h, --help      this page\n");
    page.append("  --version       the version\n\n");
    page.append(
        "Every key of the settings file is also a flag and a variable. What counts, from\n");
    page.append("lowest to highest: default, file, KUUTAMO_ variable, KNEARD_ variable, flag.\n");
    page.append("Lists: values with commas between them.\n");
    Keys.ALL.forEach(key -> append(page, key));
    page.append("\nExit codes:\n");
    page.append("   0  stopped as asked, shown, or the check found nothing wrong\n");
    page.append("   1  it could not run, or the check found an error\n");
    page.append("   2  mistyped arguments\n");
    page.append("   3  out of memory\n");
    page.append("  75  asked to stay down (kneardctl maintenance-shutdown --then stop)\n");
    page.append("  78  settings that cannot be used\n");
    return page.toString();
  }

  private static void append(StringBuilder page, Key<?> key) {
    List<String> preset = key.preset().texts();
    String otherwise = preset.isEmpty() ? key.preset().otherwise() : String.join(", ", preset);
    page.append("\n  %s=<%s>\n".formatted(key.flag(), key.type().unit()));
    Wrap.lines("%s Default: %s.".formatted(key.meaning(), otherwise), WIDTH - INDENT.length())
        .forEach(line -> page.append(INDENT).append(line).append('\n'));
    page.append(INDENT).append(key.variable()).append('\n');
  }
}
