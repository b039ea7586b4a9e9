package io.kneard.config;

import static io.kneard.config.TestHost.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintConfigTest {
  @TempDir Path folder;

  private TestHost host;

  @BeforeEach
  void aHostWithOneValueFromEachPlace() {
    host =
        new TestHost(folder)
            .ready()
            .set("lock.profile", quoted("fast"))
            .set("neard.status-failures", "5")
            .env("KUUTAMO_EXPORTER_ADDRESS", "127.0.0.1:9")
            .env("KNEARD_LOCK_LOCK_DELAY", "30s")
            .flag("--consul.urls=http://a:1,http://b:2");
  }

  @Test
  void everyKeyIsShownWithItsValueAndWhereItCameFrom() {
    String table = PrintConfig.table(host.read());
    assertThat(table.lines()).hasSize(Keys.ALL.size());
    assertThat(line(table, "lock.ttl")).containsExactly("\"10s\"", "default, profile fast");
    assertThat(line(table, "lock.lock-delay")).containsExactly("\"30s\"", "KNEARD_LOCK_LOCK_DELAY");
    assertThat(line(table, "node-id")).containsExactly("\"near-1\"", "default, host name");
    assertThat(line(table, "neard.status-failures")).first().isEqualTo("5");
    assertThat(line(table, "neard.status-failures")).last().asString().contains("kneard.toml:");
    assertThat(line(table, "metrics.address")).last().isEqualTo("KUUTAMO_EXPORTER_ADDRESS");
    assertThat(line(table, "consul.urls"))
        .containsExactly("[\"http://a:1\", \"http://b:2\"]", "--consul.urls");
    assertThat(line(table, "consul.token-file")).containsExactly("-", "default, no token");
    assertThat(table).doesNotContain(host.validator.secretKey());
  }

  @Test
  void theColumnsStandBelowEachOther() {
    int width = Keys.ALL.stream().mapToInt(key -> key.path().length()).max().orElseThrow();
    assertThat(PrintConfig.table(host.read()).lines())
        .allMatch(line -> line.startsWith("  ", width) && line.charAt(width + 2) != ' ');
  }

  @Test
  void asJsonValuesKeepTheirTypes() throws IOException {
    JsonNode all = new ObjectMapper().readTree(PrintConfig.json(host.read()));
    assertThat(all).hasSize(Keys.ALL.size());
    assertThat(value(all, "neard.status-failures").isInt()).isTrue();
    assertThat(value(all, "lock.node-check").isBoolean()).isTrue();
    assertThat(value(all, "consul.urls")).hasSize(2);
    assertThat(value(all, "consul.token-file").isNull()).isTrue();
    assertThat(value(all, "lock.ttl").asText()).isEqualTo("10s");
  }

  @Test
  void theTableIsShownAlsoWhenTheSettingsCannotBeUsed() throws IOException {
    host.env("KNEARD_NEARD_STOP_TIMEOUT", "60").set("keys.voter-node-key", quoted("/none.json"));
    String table = PrintConfig.table(host.read());
    assertThat(line(table, "neard.stop-timeout"))
        .containsExactly("60", "KNEARD_NEARD_STOP_TIMEOUT, refused");
    assertThat(line(table, "keys.voter-node-key")).first().isEqualTo("\"/none.json\"");
    assertThat(line(table, "lock.ttl")).first().isEqualTo("\"10s\"");
    JsonNode all = new ObjectMapper().readTree(PrintConfig.json(host.read()));
    assertThat(value(all, "neard.stop-timeout").isNull()).isTrue();
  }

  @Test
  void aSecretPastedAsAPathIsNotShownThoughItIsRefused() {
    host.env("KNEARD_KEYS_VALIDATOR_KEY", host.validator.secretKey());
    String table = PrintConfig.table(host.read());
    assertThat(line(table, "keys.validator-key"))
        .last()
        .isEqualTo("KNEARD_KEYS_VALIDATOR_KEY, refused");
    assertThat(table).doesNotContain(host.validator.secretKey());
  }

  @Test
  void aFileThatCannotBeReadLeavesNothingToShow() {
    TestHost.write(host.file, "= 3");
    TestHost broken = new TestHost(folder).flag("--config=" + host.file);
    assertThat(broken.read().isReadable()).isFalse();
  }

  private static List<String> line(String table, String key) {
    return table
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .flatMap(line -> List.of(line.split(" {2,}")).stream().skip(1))
        .toList();
  }

  private static JsonNode value(JsonNode all, String key) {
    for (JsonNode one : all) {
      if (one.path("key").asText().equals(key)) {
        return one.get("value");
      }
    }
    throw new AssertionError(key);
  }
}
