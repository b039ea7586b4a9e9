package io.kneard.ctl.api;

import static io.kneard.ctl.api.FakeDaemon.json;
import static io.kneard.ctl.api.FakeDaemon.ok;
import static io.kneard.ctl.api.FakeDaemon.problem;
import static io.kneard.ctl.api.FakeDaemon.raw;
import static io.kneard.ctl.api.FakeDaemon.thenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ControlClientTest {
  private static final Duration SOON = Duration.ofMillis(200);

  @TempDir Path folder;
  private FakeDaemon daemon;
  private ControlClient client;

  @BeforeEach
  void start() {
    daemon = new FakeDaemon(folder);
    client = new ControlClient(daemon.socket());
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private NoAnswer noAnswer() {
    return catchThrowableOfType(NoAnswer.class, () -> client.withTimeout(SOON).status());
  }

  @Test
  void everyRouteIsAskedAsTheContractSays() throws ControlException {
    MaintenanceReport planned = Samples.maintenance(MaintenanceReport.PLANNED, 40L, "planned");
    SwitchoverReport handed = new SwitchoverReport("a", "b", 412L, "handed over");
    ReloadReport reloaded = new ReloadReport(List.of("lock.ttl"), List.of(), List.of());
    daemon
        .on("GET", Routes.STATUS, ok(Samples.VALIDATING))
        .on("GET", Routes.ACTIVE_VALIDATOR, ok(Samples.ACTIVE))
        .on("GET", Routes.MAINTENANCE, ok(planned))
        .on("POST", Routes.MAINTENANCE, ok(planned))
        .on("DELETE", Routes.MAINTENANCE, ok(planned))
        .on("POST", Routes.SWITCHOVER, ok(handed))
        .on("POST", Routes.PAUSE, ok(Samples.STARTUP))
        .on("POST", Routes.RESUME, ok(Samples.VALIDATING))
        .on("POST", Routes.RELOAD, ok(reloaded))
        .on("GET", Routes.CHECK, ok(Samples.unfit()));

    assertThat(client.status()).isEqualTo(Samples.VALIDATING);
    assertThat(client.activeValidator()).isEqualTo(Samples.ACTIVE);
    assertThat(client.maintenance()).isEqualTo(planned);
    assertThat(client.planMaintenance(new MaintenanceRequest(null, 1000L, "stop")))
        .isEqualTo(planned);
    assertThat(client.cancelMaintenance()).isEqualTo(planned);
    assertThat(client.switchover(new SwitchoverRequest("b"))).isEqualTo(handed);
    assertThat(client.pause()).isEqualTo(Samples.STARTUP);
    assertThat(client.resume()).isEqualTo(Samples.VALIDATING);
    assertThat(client.reload()).isEqualTo(reloaded);
    assertThat(client.check()).isEqualTo(Samples.unfit());
    assertThat(daemon.requests())
        .contains(
            new FakeDaemon.Request(
                "POST",
                Routes.MAINTENANCE,
                "{\"minimum_length\":null,\"shutdown_at\":1000,\"then\":\"stop\"}"),
            new FakeDaemon.Request("POST", Routes.SWITCHOVER, "{\"to\":\"b\"}"));
  }

  @Test
  void fieldsOfANewerDaemonAreIgnored() throws ControlException {
    daemon.on(
        "GET",
        Routes.ACTIVE_VALIDATOR,
        raw("HTTP/1.1 200 OK\r\n\r\n{\"node_id\":\"n\",\"moon\":{\"phase\":3}}"));
    assertThat(client.activeValidator().nodeId()).isEqualTo("n");
  }

  @Test
  void aRefusalCarriesTheDaemonsOwnWords() {
    daemon.on(
        "GET",
        Routes.STATUS,
        problem(409, Problem.WRONG_STATE, "only in Voting and Validating, this is Syncing"));
    ControlProblem refused = catchThrowableOfType(ControlProblem.class, client::status);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem().code()).isEqualTo(Problem.WRONG_STATE);
    assertThat(refused).hasMessage("only in Voting and Validating, this is Syncing");
  }

  @Test
  void aRefusalWithoutWordsStillSaysItsStatus() {
    daemon.on("GET", Routes.STATUS, raw("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
    ControlProblem refused = catchThrowableOfType(ControlProblem.class, client::status);
    assertThat(refused.problem().code()).isEqualTo(Problem.BUSY);
    assertThat(refused).hasMessageContaining("503");
  }

  @Test
  void aRefusalThatComesBeforeTheRequestIsReadIsNotLost() {
    daemon.on("POST", Routes.SWITCHOVER, problem(413, Problem.TOO_LARGE, "at most 64 KiB"));
    SwitchoverRequest large = new SwitchoverRequest("x".repeat(1_000_000));
    assertThatThrownBy(() -> client.switchover(large)).hasMessage("at most 64 KiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nnull",
        "HTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n{\"state\":[1]}",
        "HTTP/1.1 200 OK\r\n\r\n<html>",
        "HTTP/1.1 302 Found\r\n\r\n",
      })
  void anAnswerThatIsNoneIsSaidToBeBroken(String answer) {
    daemon.on("GET", Routes.STATUS, raw(answer));
    NoAnswer broken = catchThrowableOfType(NoAnswer.class, client::status);
    assertThat(broken.kind()).isEqualTo(NoAnswer.Kind.BROKEN);
    assertThat(broken).hasMessageContaining(daemon.socket().toString());
  }

  @Test
  void anAnswerOfAnySizeIsReadToItsLimitOnly() {
    String header = "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n";
    daemon.on("GET", Routes.STATUS, raw(header + "x".repeat(5_000_000)));
    assertThatThrownBy(client::status).hasMessageContaining("more than 4194304 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
      })
  void aDaemonThatFallsSilentEndsTheCallInTime(String beginning) {
    daemon.on("GET", Routes.STATUS, thenSilence(beginning));
    assertThat(noAnswer().kind()).isEqualTo(NoAnswer.Kind.TIMED_OUT);
  }

  @Test
  void aDaemonThatTakesNoConnectionsEndsTheCallInTime(@TempDir Path elsewhere) throws IOException {
    Path socket = elsewhere.resolve("s");
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      full.bind(UnixDomainSocketAddress.of(socket), 1);
      for (int i = 0; i < 2; i++) {
        waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      }
      DaemonUnreachable unreachable =
          catchThrowableOfType(
              DaemonUnreachable.class, () -> new ControlClient(socket).withTimeout(SOON).status());
      assertThat(unreachable.reason()).isEqualTo(DaemonUnreachable.Reason.NOT_ACCEPTING);
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void anInterruptEndsAWaitAndStaysSet() throws InterruptedException {
    daemon.on("GET", Routes.STATUS, thenSilence(""));
    AtomicReference<NoAnswer> seen = new AtomicReference<>();
    Thread caller =
        new Thread(() -> seen.set(catchThrowableOfType(NoAnswer.class, client::status)));
    caller.start();
    caller.interrupt();
    caller.join(10_000);
    assertThat(seen.get().kind()).isEqualTo(NoAnswer.Kind.INTERRUPTED);
  }

  private DaemonUnreachable unreachable(Path socket) {
    return catchThrowableOfType(DaemonUnreachable.class, () -> new ControlClient(socket).status());
  }

  @Test
  void aMissingSocketSaysSo() {
    DaemonUnreachable missing = unreachable(folder.resolve("none").resolve("x.sock"));
    assertThat(missing.reason()).isEqualTo(DaemonUnreachable.Reason.NO_SOCKET);
    assertThat(missing).hasMessageContaining("does not exist").hasMessageContaining("Start");
  }

  @Test
  void aSocketThatWasLeftBehindSaysSo() throws IOException {
    Path stale = folder.resolve("stale");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(stale))
        .close();
    DaemonUnreachable left = unreachable(stale);
    assertThat(left.reason()).isEqualTo(DaemonUnreachable.Reason.NOT_LISTENING);
    assertThat(left).hasMessageContaining("Nobody listens");
  }

  @Test
  void aPathThatCannotBeASocketSaysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(unreachable(file).reason()).isEqualTo(DaemonUnreachable.Reason.NOT_A_SOCKET);
    assertThat(unreachable(folder).reason()).isEqualTo(DaemonUnreachable.Reason.NOT_A_SOCKET);
    assertThat(unreachable(file.resolve("sock")).reason())
        .isEqualTo(DaemonUnreachable.Reason.NO_SOCKET);
    assertThat(unreachable(folder.resolve("x".repeat(120)))).hasMessageContaining("at most 107");
  }

  @Test
  void eventsComeAsTheyHappenUntilTheDaemonEndsThem() throws ControlException {
    String line = "{\"sequence\":3,\"at\":\"2026-03-01T10:00:00Z\",\"from\":\"Voting\",";
    String rest = "\"to\":\"Validating\",\"why\":\"the lock was acquired\"}\n";
    daemon.on(
        "GET",
        Routes.EVENTS,
        raw(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n"
                + hex(line)
                + hex(rest + "\n\n")
                + hex(line + rest)
                + "0\r\n\r\n"));
    try (EventStream events = client.events()) {
      assertThat(events.next()).isEqualTo(Samples.CHANGE);
      assertThat(events.next()).isEqualTo(Samples.CHANGE);
      assertThat(events.next()).isNull();
    }
  }

  private static String hex(String chunk) {
    return Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n";
  }

  @Test
  void eventsThatFallSilentEndInTime() throws ControlException {
    daemon.on(
        "GET",
        Routes.EVENTS,
        thenSilence("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n"));
    try (EventStream events = client.withTimeout(SOON).events()) {
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              NoAnswer.class, e -> assertThat(e.kind()).isEqualTo(NoAnswer.Kind.TIMED_OUT));
    }
  }

  @Test
  void closingTheEventsEndsAWaitingReader() throws Exception {
    daemon.on("GET", Routes.EVENTS, thenSilence("HTTP/1.1 200 OK\r\n\r\n"));
    EventStream events = client.events();
    AtomicReference<Object> seen = new AtomicReference<>("nothing");
    Thread reader =
        new Thread(
            () -> {
              try {
                seen.set(events.next());
              } catch (ControlException e) {
                seen.set(e);
              }
            });
    reader.start();
    events.close();
    reader.join(10_000);
    assertThat(seen.get()).isNull();
  }

  @Test
  void aRefusedStreamOfEventsIsARefusal() {
    daemon.on("GET", Routes.EVENTS, json(503, new Problem(Problem.BUSY, "32 connections")));
    assertThatThrownBy(client::events).isInstanceOf(ControlProblem.class);
  }
}
