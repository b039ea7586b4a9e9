package io.kneard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The documentation says what the table says. After a change of the table, {@code
 * -Dkneard.write-docs=true} writes it anew.
 */
class MetricsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "metrics.md");
  private static final String BEGIN = "<!-- metrics: begin, written from the table of names -->\n";
  private static final String END = "<!-- metrics: end -->";

  @Test
  void theDocumentationIsThatOfTheTable() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("kneard.write-docs")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(PAGE).hasContent(wanted);
  }

  private static String table() {
    return "\n| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n"
        + Names.ALL.stream().map(MetricsPageTest::row).collect(Collectors.joining())
        + "\n";
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().stream().map(MetricsPageTest::label).collect(Collectors.joining("; "));
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            metric.name(),
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.unit(),
            labels,
            metric.meaning());
  }

  private static String label(Metric.Label label) {
    return label.values().isEmpty()
        ? "`" + label.name() + "`"
        : "`%s`: %s".formatted(label.name(), String.join(", ", label.values()));
  }
}
