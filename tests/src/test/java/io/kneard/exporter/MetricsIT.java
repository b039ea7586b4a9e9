package io.kneard.exporter;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.DaemonProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of the daemon as it is installed, scraped while it works and while it suffers. */
@Order(1) // takes long, so it begins early
class MetricsIT {
  private static final List<String> ORIGINALS =
      List.of(
          "kuutamod_neard_restarts",
          "kuutamod_state{type=\"Registering\"}",
          "kuutamod_state{type=\"Shutdown\"}",
          "kuutamod_state{type=\"Startup\"}",
          "kuutamod_state{type=\"Syncing\"}",
          "kuutamod_state{type=\"Validating\"}",
          "kuutamod_state{type=\"Voting\"}",
          "kuutamod_uptime");

  @TempDir Path folder;
  private ConsulServer consul;
  private DaemonProcess host;

  @BeforeEach
  void prepare() throws Exception {
    consul = ConsulServer.start(Files.createDirectories(folder.resolve("consul")));
    consul.lockWasReleased("pool");
    Path key = folder.resolve("key.json");
    SignerKey.generate(key, "pool");
    Chain chain = Chain.startingNow("pool", 100, 60, folder.resolve("ledger"));
    host = new DaemonProcess("one", folder, consul.url(), key, chain);
  }

  @AfterEach
  void stop() {
    try {
      host.close();
    } finally {
      consul.close();
    }
  }

  @Test
  void theStatesFollowEachOtherUntilTheHostSignsAndEachIsCounted() throws Exception {
    host.home().faults("{\"lose_sync\": true}");
    host.start();
    Set<String> seen = new LinkedHashSet<>();
    awaitState("Syncing", seen);
    host.home().noFaults();
    awaitState("Validating", seen);
    assertThat(seen).startsWith("Startup", "Syncing").endsWith("Validating");

    await().atMost(SOON).until(() -> scrape().shows("kneard_key_live", 1));
    Scrape signing = scrape();
    assertThat(signing.page().lines().filter(line -> line.startsWith("kuutamod_")))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .containsExactlyElementsOf(ORIGINALS);
    assertThat(signing.page().lines().filter(line -> line.startsWith("kneard_state_changes_total")))
        .filteredOn(line -> !line.endsWith(" 0"))
        .containsExactlyInAnyOrder(
            "kneard_state_changes_total{from=\"Startup\",to=\"Syncing\"} 1",
            "kneard_state_changes_total{from=\"Syncing\",to=\"Registering\"} 1",
            "kneard_state_changes_total{from=\"Registering\",to=\"Voting\"} 1",
            "kneard_state_changes_total{from=\"Voting\",to=\"Validating\"} 1");
    assertThat(signing.page())
        .contains("\nkuutamod_neard_restarts 0\n")
        .contains("\nkneard_lock_held 1\n", "\nkneard_lock_reachable 1\n")
        .contains("\nkneard_promotion_seconds_count{mode=\"hot\",outcome=\"live\"} 1\n")
        .contains("\nkneard_signing_lease_seconds 8.5\n");
    assertThat(signing.value("kneard_signing_deadline_seconds").orElseThrow()).isBetween(0.0, 8.5);
    assertThat(signing.value("kuutamod_uptime").orElseThrow()).isPositive();
  }

  @Test
  void whatNeardSaysIsShownAndPrometheusHasNoObjection() throws Exception {
    host.start();
    String series = "kneard_duties_expected{kind=\"chunks\"}";
    await().atMost(SOON).until(() -> scrape().value(series).orElse(0) > 0);
    Scrape all = scrape();
    assertThat(all.value("kneard_duties_ratio{kind=\"blocks\"}").orElseThrow()).isEqualTo(1);
    double height = all.value("kneard_neard_height").orElseThrow();
    await().atMost(SOON).until(() -> scrape().value("kneard_neard_height").orElse(0) > height);
    await()
        .atMost(SOON)
        .until(
            () ->
                scrape().value("kneard_lock_renewal_seconds_count{outcome=\"renewed\"}").orElse(0)
                    >= 1);
    assertThat(Promtool.checkMetrics(scrape().page())).isEqualTo(new Promtool(0, ""));
    assertThat(Promtool.checkMetrics("kneard_x 1\n").status()).as("it can object").isNotZero();

    assertThat(Scrape.of(host.metrics(), "/health")).isEqualTo(new Scrape(200, "OK"));
    assertThat(Scrape.of(host.metrics(), "/neard-pid").page())
        .isEqualTo(Long.toString(host.neard().orElseThrow().pid()));
  }

  @Test
  void aNeardThatHangsIsNoticedForgottenAndKilledAndAllOfItIsCounted() throws Exception {
    host.start();
    await().atMost(SOON).until(() -> scrape().shows("kneard_key_live", 1));
    await()
        .atMost(SOON)
        .until(() -> scrape().value("kneard_duties_ratio{kind=\"blocks\"}").isPresent());
    host.home().faults("{\"hang\": true, \"ignore_sigterm\": true}");
    await().atMost(SOON).until(() -> scrape().shows("kneard_neard_reachable", 0));
    assertThat(scrape().page()).doesNotContain("kneard_neard_height", "kneard_duties");
    await().atMost(SOON).until(() -> scrape().shows("kneard_fence_kills_total", 1));
    host.home().noFaults();
    await().atMost(SOON).until(() -> scrape().shows("kneard_key_live", 1));
    assertThat(scrape().page())
        .contains("\nkneard_demotion_seconds_count{mode=\"stop\"} 1\n")
        .contains("\nkneard_state_changes_total{from=\"Validating\",to=\"Startup\"} 1\n")
        .contains("\nkuutamod_neard_restarts 1\n");
  }

  @Test
  void aLockStoreThatDoesNotAnswerIsSeenBeforeTheHostHasToStop() throws Exception {
    host.start();
    await().atMost(SOON).until(() -> scrape().shows("kneard_key_live", 1));
    consul.freeze();
    await().atMost(SOON).until(() -> scrape().shows("kneard_lock_reachable", 0));
    await()
        .atMost(SOON)
        .until(() -> scrape().value("kneard_signing_deadline_seconds").orElse(9) < 4.25);
    assertThat(
            scrape().value("kneard_lock_renewal_seconds_count{outcome=\"unreachable\"}").orElse(0))
        .isPositive();
    await().atMost(SOON).until(() -> scrape().shows("kneard_key_in_process", 0));
    assertThat(scrape().value("kneard_signing_deadline_seconds")).isEmpty();
    consul.thaw();
    await().atMost(SOON).until(() -> scrape().shows("kneard_lock_reachable", 1));
  }

  @Test
  void aPortThatIsTakenIsRefusedBeforeNeardIsStarted() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(host.metrics().getPort(), 1, InetAddress.getLoopbackAddress())) {
      host.start();
      assertThat(host.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(host.process().exitValue()).isEqualTo(1);
      assertThat(host.said())
          .contains("metrics.address: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("neard runs");
    }
  }

  private Scrape scrape() throws InterruptedException {
    return Scrape.metrics(host.metrics());
  }

  private void awaitState(String wanted, Set<String> seen) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              scrape().state().ifPresent(seen::add);
              return seen.contains(wanted);
            });
  }
}
