package io.kneard.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.json.Json;
import io.kneard.ledger.Ledger;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.Child;
import io.kneard.testbed.NeardHome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String POOL = "pool.near";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Chain chain;
  private NeardHome home;
  private SignerKey key;
  private Child neard;

  @BeforeEach
  void aHomeWithoutAKey() throws IOException {
    chain = Chain.startingNow(POOL, 50, 60, folder.resolve("ledger"));
    home = NeardHome.create(folder.resolve("home"), "node-1", chain);
    key = SignerKey.generate(folder.resolve("key.json"), POOL);
  }

  @AfterEach
  void gone() {
    if (neard != null) {
      neard.close();
    }
  }

  @Test
  void theKeyComesAndGoesWithoutARestart() throws Exception {
    startAndWait();
    assertThat(status()).containsEntry("validator_public_key", null);

    Files.copy(folder.resolve("key.json"), home.slot());
    neard.signal("HUP");
    awaitKey(key.publicKey());
    await().atMost(BOUND).until(() -> ledger().contains("kind=sign "));

    Files.delete(home.slot());
    neard.signal("HUP");
    awaitKey(null);
    String then = ledger();
    assertThat(then).contains("kind=sign-stop");
    await().atMost(BOUND).until(() -> height() > Long.parseLong(lastHeight(then)) + 3);
    assertThat(ledger()).isEqualTo(then);
    assertThat(Ledger.judge(ledger()).unreadable()).isEmpty();
  }

  @Test
  void aBrokenKeyLeavesTheOldOneInUse() throws Exception {
    Files.copy(folder.resolve("key.json"), home.slot());
    startAndWait();
    Files.writeString(home.slot(), "{\"account_id\":\"pool.near\"}");
    neard.signal("HUP");
    awaitReloads(2);
    assertThat(status()).containsEntry("validator_public_key", key.publicKey());
  }

  @Test
  void aBrokenConfigurationIsRejectedAsAWhole() throws Exception {
    startAndWait();
    String good = config();
    Files.copy(folder.resolve("key.json"), home.slot());
    writeConfig("{ broken");
    neard.signal("HUP");
    awaitLog("config.json is rejected");
    assertThat(metrics()).contains("near_config_reloads_total 1\n");
    assertThat(status()).containsEntry("validator_public_key", null);

    writeConfig(good);
    neard.signal("HUP");
    awaitReloads(2);
    awaitKey(key.publicKey());
  }

  @Test
  void itStopsByItselfAtTheExpectedHeightAndAtOnceAtTheNextStart() throws Exception {
    startAndWait();
    long wanted = height() + 15;
    writeConfig(config().replaceFirst("\\{", "{\"expected_shutdown\": " + wanted + ","));
    neard.signal("HUP");
    assertThat(neard.exit(BOUND)).hasValue(0);
    assertThat(Long.parseLong(lastHeight(ledger()))).isBetween(wanted, wanted + 3);

    start();
    assertThat(neard.exit(BOUND)).hasValue(0);
  }

  @Test
  void anExpectedHeightCanBeTakenBack() throws Exception {
    startAndWait();
    String without = config();
    long wanted = height() + 40;
    writeConfig(config().replaceFirst("\\{", "{\"expected_shutdown\": " + wanted + ","));
    neard.signal("HUP");
    awaitReloads(2);
    writeConfig(without);
    neard.signal("HUP");
    awaitReloads(3);
    await().atMost(BOUND).until(() -> height() > wanted + 5);
    assertThat(neard.alive()).isTrue();
  }

  @Test
  void sigtermStopsSigningAtOnceAndTheProcessAfterItsTime() throws Exception {
    Files.copy(folder.resolve("key.json"), home.slot());
    home.faults("{\"stop_ms\": 500}");
    startAndWait();
    neard.signal("TERM");
    await().atMost(BOUND).until(() -> ledger().contains("kind=sign-stop"));
    assertThat(neard.alive()).isTrue();
    assertThat(neard.exit(BOUND)).hasValue(0);
    assertThat(ledger().substring(ledger().indexOf("kind=sign-stop"))).doesNotContain("kind=sign ");
  }

  @Test
  void faultsCanBeSwitchedOnAndOffWhileItRuns() throws Exception {
    startAndWait();
    home.faults("{\"hang\": true}");
    await()
        .atMost(BOUND)
        .untilAsserted(
            () ->
                Assertions.assertThatThrownBy(() -> get("/status", Duration.ofMillis(300)))
                    .isInstanceOf(HttpTimeoutException.class));
    home.faults("{\"unavailable\": true}");
    await().atMost(BOUND).until(() -> get("/status", BOUND).statusCode() == 503);
    assertThat(get("/status", BOUND).body()).isEmpty();
    home.faults("{\"no_sync_info\": true}");
    await().atMost(BOUND).until(() -> get("/status", BOUND).statusCode() == 200);
    assertThat(status()).doesNotContainKey("sync_info");
    home.faults("{\"lose_sync\": true}");
    await().atMost(BOUND).until(() -> get("/health", BOUND).statusCode() == 503);
    long stuck = height();
    home.faults("{\"ignore_sigterm\": true}");
    await().atMost(BOUND).until(() -> height() > stuck);
    neard.signal("TERM");
    assertThat(neard.exit(Duration.ofMillis(300))).isEmpty();
    home.faults("{\"crash\": true}");
    assertThat(neard.exit(BOUND)).hasValue(101);
  }

  @Test
  void maintenanceWindowsHaveBothNamesAndBothForms() throws Exception {
    startAndWait();
    String pairs = rpc("maintenance_windows");
    assertThat(pairs).contains("\"result\":[[");
    home.faults("{\"windows_method\": \"experimental\", \"windows_form\": \"object\"}");
    await().atMost(BOUND).until(() -> rpc("maintenance_windows").contains("Method not found"));
    assertThat(rpc("EXPERIMENTAL_maintenance_windows")).contains("\"start\":", "\"end\":");
    home.faults("{\"rpc_error_status\": 422}");
    await().atMost(BOUND).until(() -> rpc("block").contains("\"error\""));
  }

  @Test
  void itCanMissPartOfItsBlocks() throws Exception {
    chain = Chain.startingNow(POOL, 20, 20, folder.resolve("ledger"));
    home = NeardHome.create(folder.resolve("busy"), "node-1", chain);
    home.faults("{\"produced_percent\": 0}");
    startAndWait();
    await().atMost(BOUND).until(() -> metrics().matches("(?s).*blocks_expected[^\n]* [1-9].*"));
    assertThat(metrics()).containsPattern("blocks_produced[^\n]* 0\n");
  }

  @Test
  void aBrokenConfigurationIsNoStart() throws Exception {
    writeConfig("{");
    start();
    assertThat(neard.exit(BOUND)).hasValue(2);
  }

  private void start() throws IOException {
    neard =
        Child.start(
            folder.resolve("log"),
            Map.of(),
            List.of(Checkout.standIn().toString(), "--home", home.folder().toString(), "run"));
  }

  private void startAndWait() throws IOException {
    start();
    await().atMost(BOUND).ignoreExceptions().until(() -> !status().isEmpty());
  }

  private HttpResponse<String> get(String path, Duration bound) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(home.url() + path)).timeout(bound).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private Map<String, Object> status() throws Exception {
    return Json.readObject(get("/status", BOUND).body());
  }

  private String metrics() throws Exception {
    return get("/metrics", BOUND).body();
  }

  private long height() throws Exception {
    return ((Map<?, ?>) status().get("sync_info")).get("latest_block_height") instanceof Long height
        ? height
        : -1;
  }

  private String rpc(String method) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"%s\",\"params\":{\"account_id\":\"%s\"}}"
            .formatted(method, POOL);
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(home.url()))
                .timeout(BOUND)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void awaitKey(String publicKey) {
    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(status()).containsEntry("validator_public_key", publicKey));
  }

  private void awaitReloads(int count) {
    await().atMost(BOUND).until(() -> metrics().contains("reloads_total " + count + "\n"));
  }

  private void awaitLog(String text) {
    await().atMost(BOUND).until(() -> Files.readString(folder.resolve("log")).contains(text));
  }

  private String config() throws IOException {
    return Files.readString(home.folder().resolve("config.json"));
  }

  private void writeConfig(String text) throws IOException {
    Files.writeString(home.folder().resolve("config.json"), text);
  }

  private String ledger() throws IOException {
    return Files.readString(chain.ledger());
  }

  private static String lastHeight(String ledger) {
    int at = ledger.lastIndexOf("height=") + "height=".length();
    return ledger.substring(at, ledger.indexOf(' ', at));
  }
}
