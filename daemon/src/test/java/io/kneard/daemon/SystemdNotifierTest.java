package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.supervisor.Lock;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Role;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real datagram socket, as systemd has one. */
class SystemdNotifierTest {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(70);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path folder;
  private UnixDatagramChannel manager;
  private SystemdNotifier notifier;

  @AfterEach
  void close() throws IOException {
    if (notifier != null) {
      notifier.close();
    }
    if (manager != null) {
      manager.close();
    }
  }

  @Test
  void theFirstDecisionSaysReadyAndWhatTheStateIs() throws Exception {
    notifier = open(Map.of());
    decide(startup(), startup(), 0);
    assertThat(next()).containsExactly("READY=1", "STATUS=Startup: the daemon started");
  }

  @Test
  void anAbstractSocketIsServedAsWell() throws Exception {
    String name = "kneard-test-" + UUID.randomUUID();
    listen('\0' + name);
    notifier = SystemdNotifier.open(Map.of("NOTIFY_SOCKET", "@" + name), STOP_WITHIN);
    decide(startup(), startup(), 0);
    assertThat(next()).contains("READY=1");
  }

  @Test
  void aChangeOfStateIsShownAtOnceAndTheHeightNowAndThen() throws Exception {
    notifier = open(Map.of());
    decide(startup(), startup(), 0);
    next();
    decide(startup(), at(100), SECOND);
    assertThat(next()).containsExactly("STATUS=Syncing at height 100: neard answers");
    decide(at(100), at(101), 2 * SECOND);
    assertThat(nothing()).isTrue();
    decide(at(101), at(105), 6 * SECOND);
    assertThat(next()).containsExactly("STATUS=Syncing at height 105: neard answers");
    decide(at(105), at(105), 60 * SECOND);
    assertThat(nothing()).isTrue();
  }

  @Test
  void aLongOrBrokenReasonBecomesOneShortLine() throws Exception {
    notifier = open(Map.of());
    Supervision talkative = entered(State.STARTUP, "two\nlines\n" + "x".repeat(4000), down());
    decide(talkative, talkative, 0);
    assertThat(next().get(1)).startsWith("STATUS=Startup: two lines xxx").hasSize(207);
  }

  @Test
  void whatStandsInTheWayIsShown() throws Exception {
    notifier = open(Map.of());
    Supervision failing =
        entered(
            State.STARTUP,
            "the daemon started",
            new Node.Down(0, 3, Optional.of("ended with status 1")));
    decide(failing, failing, 0);
    assertThat(next())
        .contains(
            "STATUS=Startup: the daemon started; failed starts of neard: 3, the last: ended with"
                + " status 1");
    Lock away = new Lock(Optional.empty(), 0, Optional.of("refused"), false, 0, 0, 0, -1);
    Supervision waiting = entered(State.REGISTERING, "neard is in sync", down(), away);
    decide(failing, waiting, SECOND);
    assertThat(next()).contains("STATUS=Registering: neard is in sync; lock store: refused");
  }

  @Test
  void theWatchdogIsFedByDecisionsOnly() throws Exception {
    notifier = open(Map.of("WATCHDOG_USEC", "10000000"));
    decide(startup(), startup(), 0);
    next();
    decide(startup(), startup(), 3 * SECOND);
    assertThat(next()).containsExactly("WATCHDOG=1");
    decide(startup(), startup(), 4 * SECOND);
    assertThat(nothing()).isTrue();
    decide(startup(), startup(), 6 * SECOND);
    assertThat(next()).containsExactly("WATCHDOG=1");
    await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(2)).until(this::nothing);
  }

  @Test
  void aWatchdogThatIsMeantForAnotherProcessIsNotFed() throws Exception {
    notifier = open(Map.of("WATCHDOG_USEC", "10000000", "WATCHDOG_PID", "1"));
    decide(startup(), startup(), 0);
    assertThat(next()).doesNotContain("WATCHDOG=1");
  }

  @Test
  void theEndIsAnnouncedOnceWithTheTimeItMayTake() throws Exception {
    notifier = open(Map.of());
    decide(startup(), startup(), 0);
    next();
    Supervision ending = entered(State.SHUTDOWN, "SIGTERM", down());
    decide(startup(), ending, SECOND);
    assertThat(next())
        .containsExactly("STOPPING=1", "EXTEND_TIMEOUT_USEC=70000000", "STATUS=Shutdown: SIGTERM");
    decide(ending, ending, 2 * SECOND);
    assertThat(nothing()).isTrue();
  }

  @Test
  void aReloadIsAnnouncedAndItsEndAlsoWhenItFails() throws Exception {
    notifier = open(Map.of());
    try {
      notifier.whileReloading(
          () -> {
            throw new IllegalStateException("on purpose");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("on purpose");
    }
    assertThat(next()).contains("RELOADING=1").anyMatch(l -> l.matches("MONOTONIC_USEC=\\d+"));
    assertThat(next()).containsExactly("READY=1");
  }

  @Test
  @Timeout(20)
  void aManagerThatReadsNothingStopsNobody() throws Exception {
    notifier = open(Map.of("WATCHDOG_USEC", "1000"));
    for (int i = 0; i < 10_000; i++) {
      decide(startup(), startup(), i * SECOND);
    }
    assertThat(next()).contains("READY=1");
  }

  @Test
  void withoutAManagerNothingHappens() {
    for (String address : List.of("", "vsock:2:1", "relative", folder.resolve("absent") + "")) {
      SystemdNotifier silent = SystemdNotifier.open(Map.of("NOTIFY_SOCKET", address), STOP_WITHIN);
      silent.decided(startup(), startup(), 0);
      silent.whileReloading(() -> {});
      silent.close();
    }
  }

  private SystemdNotifier open(Map<String, String> more) throws IOException {
    Path socket = folder.resolve("notify");
    listen(socket.toString());
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("NOTIFY_SOCKET", socket.toString());
    return SystemdNotifier.open(environment, STOP_WITHIN);
  }

  private void listen(String path) throws IOException {
    manager = UnixDatagramChannel.open();
    manager.bind(new UnixSocketAddress(path));
    manager.configureBlocking(false);
  }

  private void decide(Supervision before, Supervision after, long now) {
    notifier.decided(before, after, now);
  }

  private List<String> next() {
    return await().atMost(Duration.ofSeconds(5)).until(this::poll, Optional::isPresent).get();
  }

  /** Datagrams on this host are there as soon as they are sent. */
  private boolean nothing() {
    return poll().isEmpty();
  }

  private Optional<List<String>> poll() {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      manager.receive(buffer);
    } catch (IOException e) {
      return Optional.empty(); // nothing there
    }
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    return text.isEmpty() ? Optional.empty() : Optional.of(text.lines().toList());
  }

  private static Supervision startup() {
    return Supervision.initial(Optional.empty(), false, 0);
  }

  private static Supervision at(long height) {
    NeardView view = new NeardView(height, true, Optional.empty(), "2.7.0");
    return entered(State.SYNCING, "neard answers", new Node.Up(Role.STANDBY, 0, view, 0));
  }

  private static Node down() {
    return new Node.Down(0, 0, Optional.empty());
  }

  private static Supervision entered(State state, String why, Node node) {
    return entered(state, why, node, startup().lock());
  }

  private static Supervision entered(State state, String why, Node node, Lock lock) {
    Supervision s = startup();
    return new Supervision(
        state,
        0,
        why,
        node,
        s.key(),
        s.session(),
        lock,
        s.acquired(),
        s.probe(),
        s.fence(),
        s.paused(),
        s.notBefore(),
        s.plan(),
        s.exit(),
        s.restarts(),
        s.bound());
  }
}
