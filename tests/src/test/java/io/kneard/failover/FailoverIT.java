package io.kneard.failover;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ledger.Ledger;
import io.kneard.ledger.Verdict;
import io.kneard.lock.Handover;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.State;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts, a real Consul, real processes and signals; the ledger has the last word. */
@Order(1) // takes long, so it begins early
class FailoverIT {

  @TempDir Path folder;
  private ConsulServer consul;
  private RunningHost one;
  private RunningHost two;

  @BeforeEach
  void startBoth() throws Exception {
    consul = ConsulServer.start(Files.createDirectories(folder.resolve("consul")));
    consul.lockWasReleased("pool");
    one = new RunningHost("one", folder, consul.url(), Promotion.HOT);
    await().atMost(SOON).until(one::signs);
    two = new RunningHost("two", folder, consul.url(), Promotion.HOT);
    await().atMost(SOON).until(() -> two.state() == State.VOTING);
  }

  @AfterEach
  void stopBothAndJudge() throws Exception {
    try {
      one.close();
      two.close();
    } finally {
      consul.close();
    }
    assertThat(verdict().overlaps()).isEmpty();
    assertThat(Files.exists(one.home.slot())).as("a key left behind").isFalse();
    assertThat(Files.exists(two.home.slot())).as("a key left behind").isFalse();
  }

  @Test
  void theFirstHostSignsAndTheSecondWaitsWithoutTheKey() throws Exception {
    assertThat(one.path)
        .containsExactly(
            State.STARTUP, State.SYNCING, State.REGISTERING, State.VOTING, State.VALIDATING);
    assertThat(two.path).doesNotContain(State.VALIDATING);
    assertThat(Files.exists(one.home.slot())).isTrue();
    assertThat(Files.exists(two.home.slot())).isFalse();
    await()
        .atMost(SOON)
        .until(() -> verdict().signatures().values().stream().anyMatch(n -> n > 10));
  }

  @Test
  void aPlannedHandoverMovesTheKeyAndNobodyElseTakesIt() throws Exception {
    Handover wish = new Handover("two", Rules.HANDOVER);
    one.host.tell(new Event.SwitchoverRequested(Optional.of(wish)));
    await().atMost(SOON).until(two::signs);
    await().atMost(SOON).until(() -> one.state() == State.VOTING);
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
  }

  @Test
  void aCrashOfNeardLetsTheOtherHostSign() throws Exception {
    Signals.send("KILL", one.host.neardPid().orElseThrow());
    await().atMost(SOON).until(two::signs);
    await().atMost(SOON).until(() -> one.state() == State.VOTING);
    assertThat(one.path).containsSubsequence(State.VALIDATING, State.STARTUP, State.SYNCING);
  }

  @Test
  void aHungNeardIsKilledAndTheOtherHostSigns() throws Exception {
    one.home.faults("{\"hang\": true, \"ignore_sigterm\": true}");
    await().atMost(SOON).until(two::signs);
    one.home.faults("{}");
    assertThat(one.path).containsSubsequence(State.VALIDATING, State.STARTUP);
  }

  @Test
  void aKeyThatStaysInUseAfterItsRemovalCostsNeardItsLife() throws Exception {
    long pid = one.host.neardPid().orElseThrow();
    one.home.faults("{\"keep_key\": true}");
    one.host.tell(new Event.SwitchoverRequested(Optional.empty()));
    await().atMost(SOON).until(two::signs);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void withoutConsulTheHostStopsSigningAndSignsAgainWhenItIsBack() throws Exception {
    consul.freeze();
    await().atMost(SOON).until(() -> !one.signs());
    assertThat(two.signs()).isFalse();
    consul.thaw();
    await().atMost(SOON).until(() -> one.signs() || two.signs());
    assertThat(one.path).containsSubsequence(State.VALIDATING, State.VOTING);
  }

  @Test
  void aSessionDestroyedByHandKillsTheSignerAndOnlyThenSomebodySignsAgain() throws Exception {
    ProcessHandle neard = ProcessHandle.of(one.host.neardPid().orElseThrow()).orElseThrow();
    String key = consul.request("GET", "/v1/kv/kneard-leader/pool", "");
    String id = key.replaceAll("(?s).*\"Session\": ?\"([^\"]+)\".*", "$1");
    consul.request("PUT", "/v1/session/destroy/" + id, "");
    await().atMost(SOON).until(() -> !neard.isAlive());
    await().atMost(SOON).until(() -> one.signs() || two.signs());
    await().atMost(SOON).until(() -> verdict().handovers().size() >= 1);
  }

  @Test
  void aKeyDeletedByHandNeverLeadsToTwoSigners() throws Exception {
    consul.request("DELETE", "/v1/kv/kneard-leader/pool", "");
    await().atMost(SOON).until(() -> one.path.lastIndexOf(State.VALIDATING) == 4 && !one.signs());
    await().atMost(SOON).until(() -> one.signs() || two.signs());
  }

  @Test
  void aPlannedStopRestartsNeardWithTheKeyAndKeepsTheLock() throws Exception {
    long pid = one.host.neardPid().orElseThrow();
    long height = one.host.current().lock().seen().isPresent() ? heightSoon() : 0;
    one.host.tell(new Event.StopPlanned(Optional.of(height), false, "planned"));
    new io.kneard.neard.ConfigJson(one.home.folder().resolve("config.json")).planShutdown(height);
    Signals.send("HUP", pid);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(one.host.neardPid())
                    .as("%s at %s", one.host.current().plan(), one.host.current().node())
                    .isPresent()
                    .isNotEqualTo(Optional.of(pid)));
    await().atMost(SOON).until(one::signs);
    assertThat(one.state()).isEqualTo(State.VALIDATING);
    assertThat(List.copyOf(one.path)).endsWith(State.VOTING, State.VALIDATING);
    assertThat(two.path).doesNotContain(State.VALIDATING);
  }

  private long heightSoon() {
    return ((io.kneard.supervisor.Node.Up) one.host.current().node()).view().height() + 100;
  }

  private Verdict verdict() throws Exception {
    return Ledger.judge(folder.resolve("ledger"));
  }
}
