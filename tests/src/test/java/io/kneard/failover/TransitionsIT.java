package io.kneard.failover;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ledger.Ledger;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The moves of the specification that lead back, by an installed daemon with a real Consul. */
@Order(1) // takes long, so it begins early
class TransitionsIT {
  private static final String ENDED = ": neard stopped: ";
  private static final String SILENT = ": /status failed 3 times in a row: ";

  @TempDir Path folder;
  private Localnet net;
  private HostProcess host;
  private int seen;

  @AfterEach
  void stopAndJudge() throws Exception {
    net.close();
    assertThat(Ledger.judge(net.chain().ledger()).overlaps()).isEmpty();
  }

  @Test
  void fromSyncingItBeginsAnewWhenNeardEndsOrFallsSilent() throws Exception {
    prepare("fast");
    host.home().faults("{\"lose_sync\": true}");
    host.start();
    goesOn("Startup -> Syncing: neard answers /status");
    endAndSilence("Syncing", "{\"lose_sync\": true}");
  }

  @Test
  void fromRegisteringItGoesBackWhenNeardEndsFallsSilentOrLosesSync() throws Exception {
    prepare("fast");
    host.consul().cut(); // so it stays in Registering
    host.start();
    goesOn("Syncing -> Registering: ");
    endAndSilence("Registering", "{}");

    host.home().faults("{\"lose_sync\": true}");
    goesOn("Registering -> Syncing: neard is catching up again at height ");
    host.home().noFaults();
    goesOn("Syncing -> Registering: ");
    host.consul().heal();
    goesOn("Voting -> Validating: ");
  }

  @Test
  void fromVotingItGoesBackWhenNeardEndsFallsSilentOrLosesSync() throws Exception {
    prepare("fast");
    anotherHoldsTheLock();
    host.start();
    goesOn("Registering -> Voting: ");
    endAndSilence("Voting", "{}");

    host.home().faults("{\"lose_sync\": true}");
    goesOn("Voting -> Syncing: neard is catching up again at height ");
    host.home().noFaults();
    goesOn("Registering -> Voting: ");
    assertThat(Files.readString(net.chain().ledger())).doesNotContain("kind=sign-start");
  }

  @Test
  void fromVotingItRegistersAgainWhenItsSessionHasExpired() throws Exception {
    prepare("custom");
    for (String line :
        List.of(
            "ttl = \"3s\"",
            "stop-after = \"1500ms\"",
            "fence-bound = \"1s\"",
            "lock-delay = \"0s\"",
            "node-check = false")) {
      host.set("lock", line);
    }
    anotherHoldsTheLock();
    host.start();
    goesOn("Registering -> Voting: ");
    String session = host.control().status().lock().session();
    host.consul().cut();
    await()
        .atMost(SOON)
        .until(() -> !net.consul().request("GET", "/v1/session/list", "").contains(session));
    assertThat(host.state()).isEqualTo("Voting");
    host.consul().heal();
    goesOn("Voting -> Registering: ");
    goesOn("Registering -> Voting: ");
    assertThat(host.control().status().lock().session()).isNotEqualTo(session);
  }

  @Test
  void aFenceThatIsKilledTakesNeardAlongAndTheDaemonBeginsAnew() throws Exception {
    prepare("fast");
    host.start();
    goesOn("Voting -> Validating: ");
    long neard = host.neard().orElseThrow();
    Signals.send("KILL", host.fence().orElseThrow());
    await().atMost(Duration.ofSeconds(5)).until(() -> !Signals.reach(neard));
    goesOn("Validating -> Startup: ");
    goesOn("Voting -> Validating: ");
    assertThat(host.neard()).isPresent();
  }

  @Test
  void aConsulThatIsStoppedAndStartedLeavesOneSigner() throws Exception {
    net = new Localnet(folder, 2, Checkout.standIn(), "fast").lockWasReleased();
    for (HostProcess each : net.hosts()) {
      each.start();
    }
    await().atMost(SOON).until(() -> states().equals(List.of("Validating", "Voting")));
    net.consul().kill();
    await().atMost(SOON).until(() -> !states().contains("Validating"));
    net.consul().start();
    await().atMost(SOON).until(() -> states().equals(List.of("Validating", "Voting")));
  }

  @Test
  void aSlowStartIsWaitedForWhenTheLimitIsRaisedMeanwhile() throws Exception {
    prepare("fast");
    host.set("neard", "start-timeout = \"12s\"");
    host.home().faults("{\"slow_start_ms\": 14000}");
    host.start();
    await().atMost(SOON).until(() -> host.neard().isPresent());
    Path settings = host.log().resolveSibling("kneard.toml");
    Files.writeString(settings, Files.readString(settings).replace("\"12s\"", "\"60s\""));
    host.daemon().signal("HUP");
    goesOn("Startup -> Syncing: neard answers /status");
    assertThat(Files.readString(net.chain().ledger()).split("kind=start ", -1)).hasSize(2);
  }

  @Test
  void aSigintEndsItInOrder() throws Exception {
    prepare("fast");
    host.start();
    goesOn("Voting -> Validating: ");
    await().atMost(SOON).until(() -> Files.exists(host.home().slot()));
    host.daemon().signal("INT");
    assertThat(host.daemon().exit(SOON)).hasValue(0);
    goesOn(" -> Shutdown: ");
    assertThat(host.home().slot()).doesNotExist();
    assertThat(host.neard()).isEmpty();
    assertThat(Files.readString(net.chain().ledger())).contains("kind=exit ");
  }

  private void prepare(String profile) throws Exception {
    net = new Localnet(folder, 1, Checkout.standIn(), profile).lockWasReleased();
    host = net.host(1);
  }

  /** From that state to Startup and back, by the end of neard and by its silence. */
  private void endAndSilence(String state, String withoutFaults) throws Exception {
    Signals.send("KILL", host.neard().orElseThrow());
    goesOn(state + " -> Startup" + ENDED);
    await().atMost(SOON).until(() -> host.state().equals(state));

    host.home().faults(withoutFaults.replace("{", "{\"unavailable\": true, ").replace(", }", "}"));
    goesOn(state + " -> Startup" + SILENT);
    host.home().faults(withoutFaults);
    await().atMost(SOON).until(() -> host.state().equals(state));
  }

  /** Waits for a move that was not waited for before. */
  private void goesOn(String move) {
    await().atMost(SOON).until(() -> happened(move));
  }

  private boolean happened(String move) throws IOException {
    String log = Files.exists(host.log()) ? Files.readString(host.log()) : "";
    int at = log.indexOf(move, Math.min(seen, log.length()));
    if (at >= 0) {
      seen = at + move.length();
    }
    return at >= 0;
  }

  private List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    for (HostProcess each : net.hosts()) {
      states.add(each.state());
    }
    return states.stream().sorted().toList();
  }

  /** As a host would that this test has not. */
  private void anotherHoldsTheLock() throws IOException {
    ConsulServer consul = net.consul();
    String answer =
        consul.request(
            "PUT", "/v1/session/create", "{\"TTL\": \"1h\", \"NodeChecks\": [], \"Checks\": []}");
    consul.request(
        "PUT",
        "/v1/kv/kneard-leader/"
            + net.chain().account()
            + "?acquire="
            + ConsulServer.field(answer, "ID"),
        "{\"Hostname\": \"elsewhere\", \"NodeId\": \"other\"}");
  }
}
