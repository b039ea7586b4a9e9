package io.kneard.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kneard.metrics.Metric;
import io.kneard.metrics.Names;
import io.kneard.testbed.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped for Prometheus and Grafana, judged by Prometheus' own tool. */
class AlertRulesIT {
  private static final Path CONFIG = Checkout.root().resolve("config");
  private static final Path RULES = CONFIG.resolve("prometheus/alerts.yml");
  private static final Path DASHBOARD = CONFIG.resolve("grafana/kneard.json");
  private static final Pattern METRIC = Pattern.compile("\\b(kuutamod|kneard|jvm|process)_[a-z_]+");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");

  @Test
  void theRulesAndTheScrapeJobAreInOrder() throws Exception {
    Promtool rules = Promtool.on(RULES, "check", "rules");
    assertThat(rules.status()).as(rules.said()).isZero();
    Promtool job = Promtool.on(CONFIG.resolve("prometheus/scrape.yml"), "check", "config");
    assertThat(job.status()).as(job.said()).isZero();
  }

  @Test
  void theRulesFireWhenTheyShouldAndOnlyThen() throws Exception {
    Path tests = Checkout.root().resolve("tests/src/test/prometheus/alerts-test.yml");
    Promtool verdict = Promtool.on(tests, "test", "rules");
    assertThat(verdict.status()).as(verdict.said()).isZero();
  }

  @Test
  void everyRuleIsTriedDocumentedAndSaysWhatToDo() throws Exception {
    String rules = Files.readString(RULES);
    String tests =
        Files.readString(Checkout.root().resolve("tests/src/test/prometheus/alerts-test.yml"));
    String page = Files.readString(Checkout.root().resolve("docs/metrics.md"));
    String[] each = rules.split("- alert: ", -1);
    assertThat(each.length).isGreaterThan(10);
    for (Matcher alert = ALERT.matcher(rules); alert.find(); ) {
      assertThat(tests).contains("alertname=\"" + alert.group(1) + "\"");
      assertThat(page).contains("| `" + alert.group(1) + "` |");
    }
    for (int i = 1; i < each.length; i++) {
      assertThat(each[i]).contains("severity: ", "summary: ", "description: ");
    }
  }

  @Test
  void rulesAndDashboardNameOnlyMetricsThatExist() throws Exception {
    Set<String> known = new TreeSet<>();
    for (Metric metric : Names.ALL) {
      known.add(metric.name());
      if (metric.type() == Metric.Type.SUMMARY || metric.type() == Metric.Type.HISTOGRAM) {
        Set.of("_count", "_sum", "_max", "_bucket").forEach(end -> known.add(metric.name() + end));
      }
    }
    assertThat(named(Files.readString(RULES))).isNotEmpty().isSubsetOf(known);
    assertThat(named(Files.readString(DASHBOARD))).isNotEmpty().isSubsetOf(known);
  }

  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher m = METRIC.matcher(text); m.find(); ) {
      names.add(m.group());
    }
    return names;
  }

  @Test
  void everyPanelOfTheDashboardAsksWhatPrometheusUnderstands(@TempDir Path folder)
      throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode dashboard = json.readTree(DASHBOARD.toFile());
    ObjectNode file = json.createObjectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "panels").putArray("rules");
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      for (JsonNode target : panel.path("targets")) {
        rules
            .addObject()
            .put("record", "panel:%d".formatted(rules.size()))
            .put("expr", target.path("expr").asText().replace("$account", "pool"));
      }
    }
    Path asRules = folder.resolve("panels.yml"); // every JSON file is a YAML file
    json.writeValue(asRules.toFile(), file);
    Promtool verdict = Promtool.on(asRules, "check", "rules");
    assertThat(verdict.status()).as(verdict.said()).isZero();
  }
}
