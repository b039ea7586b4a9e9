package io.kneard.operations;

import static io.kneard.testbed.Await.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kneard.ctl.api.EventStream;
import io.kneard.ctl.api.StateChange;
import io.kneard.ledger.Ledger;
import io.kneard.ledger.Verdict;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.Child;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Kneardctl;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators type, against two installed daemons with a real Consul. */
@Order(1) // takes long, so it begins early
class CommandsIT {

  @TempDir Path folder;
  private Localnet net;
  private HostProcess one;
  private HostProcess two;

  @BeforeEach
  void startBoth() throws Exception {
    net = new Localnet(folder, 2, Checkout.standIn(), "fast").lockWasReleased();
    one = net.host(1);
    two = net.host(2);
    one.start();
    await().atMost(SOON).until(() -> says(one, "key", "live"));
    two.start();
    await().atMost(SOON).until(() -> says(two, "state", "Voting"));
  }

  @AfterEach
  void stopBothAndJudge() throws Exception {
    net.close();
    assertThat(verdict().overlaps()).isEmpty();
  }

  @Test
  void statusTellsWhoSignsAndWhy() throws Exception {
    Kneardctl shown = Kneardctl.run(one.socket(), "status");
    assertThat(shown.status()).isZero();
    assertThat(shown.out())
        .contains("Validating", "held by this host", "key          live", "in sync");
    JsonNode standby = json(two, "status");
    assertThat(standby.path("state").asText()).isEqualTo("Voting");
    assertThat(standby.path("lock").path("holder_node_id").asText()).isEqualTo("node-1");
    assertThat(standby.path("deadline_left_seconds").isNull()).isTrue();
    assertThat(json(one, "status").path("deadline_left_seconds").asDouble()).isBetween(0.1, 8.5);
    assertThat(Kneardctl.run(two.socket(), "active-validator").out())
        .startsWith("node-1 on ")
        .contains("signing");
  }

  @Test
  void aSwitchoverHandsOverToTheNamedHostAndShowsItsGap() throws Exception {
    Kneardctl done = Kneardctl.run(one.socket(), "switchover", "--to", "node-2");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out()).containsPattern("node-1 handed over to node-2 in \\d+ ms");
    assertThat(json(two, "active-validator").path("self").asBoolean()).isTrue();
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
    assertThat(Files.exists(one.home().slot())).isFalse();
    try (EventStream events = one.control().withTimeout(SOON).events()) {
      StateChange change = events.next();
      while (!change.from().equals("Validating")) {
        change = events.next();
      }
      assertThat(change.to()).isEqualTo("Voting");
      assertThat(change.why()).isEqualTo("planned handover to node-2");
    }
  }

  @Test
  void eventsShowsChangesAsTheyHappen() throws Exception {
    Path seen = folder.resolve("events");
    List<String> command =
        List.of(Kneardctl.program().toString(), "events", "--socket", one.socket().toString());
    try (Child events = Child.start(seen, Map.of(), command)) {
      await().atMost(SOON).until(() -> Files.readString(seen).contains("Voting -> Validating"));
      assertThat(Files.readString(seen)).doesNotContain("Validating -> ");
      Signals.send("KILL", one.neard().orElseThrow());
      await().atMost(SOON).until(() -> Files.readString(seen).contains("Validating -> Startup"));
      assertThat(Files.readString(seen))
          .containsPattern("(?m)^\\d{4}-\\S+ \\S+Z  Validating -> Startup +neard stopped: .+$");
      one.daemon().signal("TERM");
      assertThat(events.exit(SOON)).hasValue(3);
      assertThat(Files.readString(seen)).containsPattern(" -> Shutdown +SIGTERM");
    }
  }

  @Test
  void aSwitchoverThatNobodyCouldTakeIsRefusedAndNothingChanges() throws Exception {
    assertThat(refusal(one, "switchover", "--to", "node-9")).contains("node-9", "ready: node-2");
    assertThat(refusal(one, "switchover", "--to", "node-1")).contains("node-1 signs already");
    assertThat(refusal(two, "switchover")).contains("node-2 is in Voting", "node-1 holds the lock");
    assertThat(Kneardctl.run(two.socket(), "pause").status()).isZero();
    assertThat(refusal(one, "switchover")).contains("no other host is in sync, voting and not");
    assertThat(says(one, "state", "Validating")).isTrue();
    assertThat(verdict().handovers()).isEmpty();
  }

  @Test
  void aPausedHostDoesNotTakeOverAndStaysPausedOverARestart() throws Exception {
    assertThat(Kneardctl.run(two.socket(), "pause").out()).contains("paused");
    two.daemon().kill();
    two.start();
    await().atMost(SOON).until(() -> says(two, "state", "Voting"));
    assertThat(json(two, "status").path("paused").asBoolean()).isTrue();
    one.stop();
    await().atMost(SOON).until(() -> json(two, "active-validator").path("node_id").isNull());
    assertThat(says(two, "state", "Voting")).isTrue();
    assertThat(Kneardctl.run(two.socket(), "resume").status()).isZero();
    await().atMost(SOON).until(() -> says(two, "key", "live"));
  }

  @Test
  void aReloadTakesWhatItCanAndNamesTheRest() throws Exception {
    Path settings = one.log().resolveSibling("kneard.toml");
    String before = Files.readString(settings);
    Files.writeString(
        settings,
        before.replace("[neard]", "[neard]\nstart-timeout = \"300s\"\nstatus-failures = 5"));
    JsonNode report = json(one, "reload");
    assertThat(report.path("applied").toString()).isEqualTo("[\"neard.start-timeout\"]");
    assertThat(report.path("need_restart").toString()).isEqualTo("[\"neard.status-failures\"]");

    Files.writeString(settings, before.replace("[neard]", "[neard]\nbinray = \"x\""));
    Kneardctl refused = Kneardctl.run(one.socket(), "reload");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out() + refused.err()).contains("neard.binray");

    Files.writeString(settings, before);
    one.daemon().signal("HUP");
    await()
        .atMost(SOON)
        .until(() -> Files.readString(one.log()).contains("in force now: [neard.start-timeout]"));
    assertThat(says(one, "state", "Validating")).isTrue();
  }

  @Test
  void aCheckSaysWhatIsWrongAndHowToMendIt() throws Exception {
    Kneardctl fit = Kneardctl.run(one.socket(), "check");
    assertThat(fit.status()).as(fit.out() + fit.err()).isZero();
    two.consul().cut();
    Kneardctl unfit = Kneardctl.run(two.socket(), "check");
    assertThat(unfit.status()).isEqualTo(7);
    assertThat(unfit.out()).contains("consul", "-> start Consul, or correct consul.urls");
  }

  @Test
  void aSocketLeftOverIsReplacedAndALiveOneIsRefused() throws Exception {
    two.daemon().kill();
    assertThat(two.socket()).exists();
    assertThat(Kneardctl.run(two.socket(), "status").status()).isEqualTo(3);
    two.start();
    await().atMost(SOON).until(() -> says(two, "state", "Voting"));
    Process second =
        new ProcessBuilder(
                Checkout.daemon().toString(),
                "--config",
                two.log().resolveSibling("kneard.toml").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(second.getInputStream().readAllBytes(), UTF_8);
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(said).contains("already running, pid " + two.daemon().pid());
    assertThat(says(two, "state", "Voting")).isTrue();
  }

  private static String refusal(HostProcess host, String... arguments) throws Exception {
    Kneardctl refused = Kneardctl.run(host.socket(), arguments);
    assertThat(refused.status()).as(Arrays.toString(arguments) + refused.out()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    return refused.err();
  }

  private static boolean says(HostProcess host, String field, String value) throws Exception {
    return json(host, "status").path(field).asText().equals(value);
  }

  private static JsonNode json(HostProcess host, String command) throws Exception {
    Kneardctl answer = Kneardctl.run(host.socket(), command, "--json");
    return new ObjectMapper().readTree(answer.out());
  }

  private Verdict verdict() throws Exception {
    return Ledger.judge(net.chain().ledger());
  }
}
