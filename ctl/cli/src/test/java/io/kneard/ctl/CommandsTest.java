package io.kneard.ctl;

import static io.kneard.ctl.api.FakeDaemon.ok;
import static io.kneard.ctl.api.FakeDaemon.problem;
import static io.kneard.ctl.api.FakeDaemon.raw;
import static io.kneard.ctl.api.FakeDaemon.thenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.FakeDaemon;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.api.Routes;
import io.kneard.ctl.api.Samples;
import io.kneard.ctl.api.StateChange;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CommandsTest {
  @TempDir Path folder;
  private FakeDaemon daemon;
  private Cli cli;

  @BeforeEach
  void start() {
    daemon = new FakeDaemon(folder);
    cli = new Cli(daemon.socket());
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private <T> T json(Class<T> type) throws JsonProcessingException {
    assertThat(cli.out()).hasLineCount(1);
    return ControlJson.get().readValue(cli.out(), type);
  }

  @Test
  void statusShowsAHostThatSigns() {
    daemon.on("GET", Routes.STATUS, ok(Samples.VALIDATING));
    assertThat(cli.run("status")).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .isEqualTo(
            """
            state        Validating
            since        2026-03-01 10:00:00 UTC, 3 min 12 s ago
            why          the lock was acquired and neard confirmed the key
            lock         held by this host, epoch 7 (consul)
            key          live, signing ends in 17.3 s unless the lock is renewed
            neard        2.3.1, pid 4712, started as standby, restarted 2 times
            height       123456, in sync
            paused       no
            maintenance  none
            node         node-a, account pool.near
            daemon       0.1.0, pid 4711
            """);
  }

  @Test
  void statusShowsWhatIsMissingAndWhy() {
    daemon.on("GET", Routes.STATUS, ok(Samples.STARTUP));
    assertThat(cli.run("status")).isZero();
    assertThat(cli.out())
        .contains("lock         consul does not answer: connection refused; never seen")
        .contains("key          out\n")
        .contains("neard        restarted 0 times, it is not running: exit code 1")
        .contains("height       unknown")
        .contains("paused       yes");
  }

  @Test
  void statusSaysThatAPromotionWaitsForItsVolumeSinceWhenAndForWhat() {
    StatusReport.Volume waits =
        new StatusReport.Volume("keys", true, false, "it has no quorum", Samples.SINCE);
    daemon.on("GET", Routes.STATUS, ok(Samples.withVolume(waits)));
    assertThat(cli.run("status")).isZero();
    assertThat(cli.out())
        .endsWith(
            "volume       keys: the promotion waits for it since 2026-03-01 10:00:00 UTC,"
                + " 3 min 12 s ago: it has no quorum\n");
  }

  @Test
  void statusAsJsonIsTheDaemonsRecord() throws JsonProcessingException {
    daemon.on("GET", Routes.STATUS, ok(Samples.VALIDATING));
    assertThat(cli.run("--json", "status")).isZero();
    assertThat(json(StatusReport.class)).isEqualTo(Samples.VALIDATING);
    assertThat(cli.run("status", "--json")).isZero();
    assertThat(json(StatusReport.class)).isEqualTo(Samples.VALIDATING);
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    daemon.on("GET", Routes.STATUS, ok(Samples.VALIDATING));
    cli.onATerminal().run("status");
    assertThat(cli.out()).contains("\u001b[32mValidating\u001b[0m");
    cli.with("NO_COLOR", "1").run("status");
    assertThat(cli.out()).doesNotContain("\u001b");
  }

  @Test
  void textFromElsewhereCannotSteerTheTerminal() {
    daemon.on(
        "GET",
        Routes.ACTIVE_VALIDATOR,
        ok(new ActiveValidator("a\u001b[2J\r\nb", "h", true, 1, true)));
    cli.run("active-validator");
    assertThat(cli.out()).isEqualTo("a?[2J? b on h (this host), signing, epoch 1\n");
  }

  @Test
  void watchingGoesOnWhileTheDaemonIsAwayAndEndsWhenInterrupted() throws InterruptedException {
    daemon.on(
        "GET",
        Routes.STATUS,
        ok(Samples.VALIDATING),
        problem(503, Problem.BUSY, "the daemon is starting"),
        ok(Samples.STARTUP));
    AtomicInteger code = new AtomicInteger();
    Thread watcher = new Thread(() -> code.set(cli.run("status", "--watch")));
    watcher.start();
    await().until(() -> cli.out().contains("Startup"));
    watcher.interrupt();
    watcher.join(10_000);
    assertThat(code).hasValue(130);
    assertThat(cli.out()).containsSubsequence("Validating", "the daemon is starting", "Startup");
  }

  @Test
  void theActiveValidatorIsNamedOrSaidToBeNobody() {
    daemon.on(
        "GET",
        Routes.ACTIVE_VALIDATOR,
        ok(Samples.ACTIVE),
        ok(new ActiveValidator("node-b", "host-b", false, 8, false)),
        ok(new ActiveValidator(null, null, false, 8, false)));
    assertThat(cli.run("active-validator")).isZero();
    assertThat(cli.out()).isEqualTo("node-b on host-b, signing, epoch 7\n");
    cli.run("active-validator");
    assertThat(cli.out()).isEqualTo("node-b on host-b, key not confirmed as in use, epoch 8\n");
    cli.run("active-validator");
    assertThat(cli.out()).isEqualTo("nobody: the lock is free\n");
  }

  @Test
  void aSwitchoverShowsItsGap() throws JsonProcessingException {
    SwitchoverReport handed =
        new SwitchoverReport("node-a", "node-b", 412L, "node-a handed over to node-b");
    daemon.on("POST", Routes.SWITCHOVER, ok(handed));
    assertThat(cli.run("switchover", "--to", "node-b")).isZero();
    assertThat(cli.out()).isEqualTo("node-a handed over to node-b\ngap 412 ms without a signer\n");
    assertThat(daemon.requests().get(0).body()).isEqualTo("{\"to\":\"node-b\"}");
    assertThat(cli.run("switchover", "--json")).isZero();
    assertThat(json(SwitchoverReport.class)).isEqualTo(handed);
    assertThat(daemon.requests().get(1).body()).isEqualTo("{\"to\":null}");
  }

  @Test
  void aSwitchoverThatNobodyConfirmedHasFailed() {
    daemon.on(
        "POST",
        Routes.SWITCHOVER,
        ok(new SwitchoverReport("node-a", null, null, "nobody took it")));
    assertThat(cli.run("switchover")).isEqualTo(1);
    assertThat(cli.out()).isEqualTo("not confirmed: nobody took it\n");
  }

  @Test
  void pauseAndResumeSayWhatIsInForce() throws JsonProcessingException {
    daemon
        .on("POST", Routes.PAUSE, ok(Samples.VALIDATING))
        .on("POST", Routes.RESUME, ok(Samples.VALIDATING));
    assertThat(cli.run("pause")).isZero();
    assertThat(cli.out()).startsWith("paused in state Validating; safety deadlines stay.");
    assertThat(cli.run("resume")).isZero();
    assertThat(cli.out()).isEqualTo("resumed in state Validating\n");
    cli.run("pause", "--json");
    assertThat(json(StatusReport.class)).isEqualTo(Samples.VALIDATING);
  }

  @Test
  void aReloadSaysWhatIsInForceWhatWaitsAndWhatIsWrong() {
    daemon.on(
        "POST",
        Routes.RELOAD,
        ok(new ReloadReport(List.of("log.level"), List.of("lock.ttl"), List.of())),
        ok(new ReloadReport(List.of(), List.of(), List.of())),
        ok(new ReloadReport(List.of(), List.of(), List.of("lock.ttl = 5s: at least 10s"))));
    assertThat(cli.run("reload")).isZero();
    assertThat(cli.out()).isEqualTo("in force         log.level\nafter a restart  lock.ttl\n");
    assertThat(cli.run("reload")).isZero();
    assertThat(cli.out()).isEqualTo("nothing has changed\n");
    assertThat(cli.run("reload")).isEqualTo(1);
    assertThat(cli.out()).contains("nothing was changed\n  lock.ttl = 5s: at least 10s\n");
  }

  @Test
  void eventsComeOneALineUntilTheDaemonEndsThem() throws JsonProcessingException {
    String line = ControlJson.get().writeValueAsString(Samples.CHANGE) + "\n";
    daemon.on("GET", Routes.EVENTS, raw("HTTP/1.1 200 OK\r\n\r\n" + line + "\n" + line));
    assertThat(cli.run("events")).isEqualTo(3);
    assertThat(cli.out())
        .isEqualTo(
            "2026-03-01 10:00:00.000Z  Voting -> Validating       the lock was acquired\n"
                .repeat(2));
    assertThat(cli.err()).contains("The daemon ended the stream");
    cli.run("events", "--json");
    List<String> lines = cli.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(ControlJson.get().readValue(lines.get(0), StateChange.class))
        .isEqualTo(Samples.CHANGE);
  }

  @Test
  void aCheckSaysHowToMendAndEndsWithItsOwnCode() throws JsonProcessingException {
    daemon.on("GET", Routes.CHECK, ok(Samples.unfit()));
    assertThat(cli.run("check")).isEqualTo(7);
    assertThat(cli.out())
        .isEqualTo(
            """
            ok       settings  in order
            error    consul    connection refused
                               -> start Consul on this host
            not fit: 1 error, 0 warnings
            """);
    assertThat(cli.run("check", "--json")).isEqualTo(7);
    assertThat(json(CheckReport.class)).isEqualTo(Samples.unfit());
    daemon.on("GET", Routes.CHECK, ok(new CheckReport(List.of())));
    assertThat(cli.run("check")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "409, wrong_state, 1", "409, refused, 1", "400, bad_request, 2", "403, forbidden, 4",
    "404, not_found, 1", "413, too_large, 1", "502, upstream, 5", "503, busy, 3",
    "500, internal, 1", "418, some_new_word, 1",
  })
  void everyRefusalHasItsExitCodeAndTheDaemonsWords(int status, String code, int expected) {
    daemon.on("POST", Routes.SWITCHOVER, problem(status, code, "Not now, because of this."));
    assertThat(cli.run("switchover")).isEqualTo(expected);
    assertThat(cli.err()).isEqualTo("kneardctl: Not now, because of this.\n");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoneNeverShowsAStackTrace() {
    daemon.on("POST", Routes.SWITCHOVER, raw("garbage\r\n"));
    assertThat(cli.run("switchover")).isEqualTo(3);
    assertThat(cli.err())
        .contains("No usable answer")
        .contains("It may have been done all the same")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    cli.with("KNEARD_DEBUG", "1").run("switchover");
    assertThat(cli.err()).contains("\tat ");
  }

  @Test
  void aDaemonThatFallsSilentDoesNotHoldTheCommandForever() {
    daemon.on("GET", Routes.STATUS, thenSilence("HTTP/1.1 200 OK\r\n"));
    assertThat(cli.run("status")).isEqualTo(6);
    assertThat(cli.err()).contains("did not answer within 5 s");
  }

  @Test
  void theSocketIsTheOneNamedClosest(@TempDir Path other) {
    try (FakeDaemon second = new FakeDaemon(other)) {
      second.on("GET", Routes.ACTIVE_VALIDATOR, ok(Samples.ACTIVE));
      assertThat(cli.run("active-validator", "--socket", second.socket().toString())).isZero();
      cli.with("KUUTAMO_CONTROL_SOCKET", second.socket().toString());
      assertThat(cli.run("active-validator")).isEqualTo(1);
      assertThat(cli.with("KNEARD_CONTROL_SOCKET", "").run("active-validator")).isZero();
    }
  }
}
