package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Renewal;
import io.kneard.metrics.Duties;
import io.kneard.metrics.Metrics;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.Lock;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Role;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HostMetricsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START = 100 * SECOND;
  private static final Key OUT = new Key.Out();
  private static final Node UP = up(0, false);
  private static final Node DOWN = new Node.Down(0, 0, Optional.empty());
  private static final Duties DUTIES = new Duties(share(), share());

  private final HostMetrics metrics =
      new HostMetrics(new Metrics("1.2.3"), LockTiming.REFERENCE, START);
  private Supervision host = Supervision.initial(Optional.empty(), false, START);
  private long now = START;

  @Test
  void aMoveIsCountedWhereFromAndWhereTo() {
    becomes(State.SYNCING, OUT, UP);
    becomes(State.SYNCING, OUT, UP);
    assertThat(page())
        .contains("kneard_state_changes_total{from=\"Startup\",to=\"Syncing\"} 1\n")
        .contains("kneard_state_changes_total{from=\"Voting\",to=\"Validating\"} 0\n")
        .doesNotContain("from=\"Startup\",to=\"Validating\"", "from=\"Shutdown\"");
  }

  @Test
  void everyStateIsASeriesAndTheCurrentOneIsOne() {
    for (State state : State.values()) {
      becomes(state, OUT, UP);
      assertThat(page().lines().filter(line -> line.startsWith("kuutamod_state{")))
          .hasSize(State.values().length)
          .filteredOn(line -> line.endsWith(" 1"))
          .containsExactly("kuutamod_state{type=\"%s\"} 1".formatted(state.title()));
    }
  }

  @Test
  void secondsInTheStateAndUptimeFollowTheClock() {
    now += 90 * SECOND;
    becomes(State.SYNCING, OUT, UP);
    now += 2 * SECOND + SECOND / 2;
    assertThat(page()).contains("\nkneard_state_seconds 2.5\n", "\nkuutamod_uptime 92500\n");
  }

  @Test
  void aHotPromotionTakesFromItsBeginningUntilNeardConfirmsIt() {
    goingIn(Promotion.HOT);
    now += SECOND / 4;
    Key.GoingIn in = (Key.GoingIn) host.key();
    becomes(
        State.VALIDATING, new Key.GoingIn(in.mode(), in.since(), Optional.of(now)), UP); // placed
    now += SECOND / 4;
    becomes(State.VALIDATING, new Key.Live(Promotion.HOT, now), UP);
    assertThat(page())
        .contains("kneard_promotion_seconds_count{mode=\"hot\",outcome=\"live\"} 1\n")
        .contains("kneard_promotion_seconds_sum{mode=\"hot\",outcome=\"live\"} 0.5\n")
        .contains("kneard_promotion_seconds_count{mode=\"hot\",outcome=\"failed\"} 0\n");
  }

  @Test
  void aHotPromotionThatBecomesARestartCountsAsFailed() {
    goingIn(Promotion.HOT);
    now += 3 * SECOND;
    goingIn(Promotion.RESTART);
    now += 5 * SECOND;
    becomes(State.VALIDATING, new Key.Live(Promotion.RESTART, now), UP);
    assertThat(page())
        .contains("kneard_promotion_seconds_sum{mode=\"hot\",outcome=\"failed\"} 3\n")
        .contains("kneard_promotion_seconds_sum{mode=\"restart\",outcome=\"live\"} 5\n");
  }

  @Test
  void aHotDemotionLeavesNeardRunning() {
    live();
    goingOut();
    now += SECOND / 2;
    becomes(State.VOTING, OUT, UP);
    assertThat(page())
        .contains("kneard_demotion_seconds_count{mode=\"hot\"} 1\n")
        .contains("kneard_demotion_seconds_sum{mode=\"hot\"} 0.5\n");
  }

  @Test
  void aDemotionThatHasToStopNeardTakesFromTheFirstDecision() {
    live();
    goingOut();
    now += SECOND;
    goingOut(); // now by force
    now += SECOND;
    becomes(State.STARTUP, OUT, DOWN);
    assertThat(page())
        .contains("kneard_demotion_seconds_count{mode=\"stop\"} 1\n")
        .contains("kneard_demotion_seconds_sum{mode=\"stop\"} 2\n")
        .contains("kneard_demotion_seconds_count{mode=\"hot\"} 0\n");
  }

  @Test
  void aNeardThatEndsByItselfTakesTheKeyAlong() {
    live();
    becomes(State.STARTUP, OUT, DOWN);
    assertThat(page()).contains("kneard_demotion_seconds_count{mode=\"exit\"} 1\n");
  }

  @Test
  void aPlannedRestartWithTheKeyIsNoDemotion() {
    live();
    becomes(
        State.VALIDATING,
        new Key.GoingIn(Promotion.RESTART, now, Optional.empty()),
        new Node.Starting(Role.VALIDATOR, now, 1, false, Optional.empty()));
    assertThat(page().lines().filter(line -> line.startsWith("kneard_demotion_seconds_count")))
        .hasSize(3)
        .allMatch(line -> line.endsWith(" 0"));
  }

  @Test
  void renewalsAreCountedByTheirOutcome() {
    metrics.renewed(new Renewal.Renewed(), Duration.ofMillis(5));
    metrics.renewed(new Renewal.Gone(), Duration.ofMillis(5));
    metrics.renewed(new Renewal.Unreachable("refused"), Duration.ofMillis(5));
    metrics.renewed(new Renewal.Unreachable("refused"), Duration.ofMillis(5));
    assertThat(page())
        .contains("kneard_lock_renewal_seconds_count{outcome=\"renewed\"} 1\n")
        .contains("kneard_lock_renewal_seconds_count{outcome=\"gone\"} 1\n")
        .contains("kneard_lock_renewal_seconds_count{outcome=\"unreachable\"} 2\n");
  }

  @Test
  void theLockIsShownAsFarAsItIsKnown() {
    assertThat(page()).contains("\nkneard_lock_held 0\n").doesNotContain("kneard_lock_reachable");
    lock(Optional.of(seen()), Optional.empty());
    assertThat(page()).contains("\nkneard_lock_reachable 1\n", "\nkneard_lock_epoch 7\n");
    lock(Optional.of(seen()), Optional.of("refused"));
    assertThat(page()).contains("\nkneard_lock_reachable 0\n", "\nkneard_lock_epoch 7\n");
  }

  @Test
  void theDeadlineIsCountedDownWhileTheKeyMayBeInTheProcess() {
    assertThat(page()).contains("\nkneard_signing_lease_seconds 24.5\n");
    live();
    fence(Optional.of(now + 20 * SECOND));
    now += 3 * SECOND;
    assertThat(page())
        .contains("\nkneard_signing_deadline_seconds 17\n")
        .contains("\nkneard_key_in_process 1\n", "\nkneard_key_live 1\n", "\nkneard_lock_held 1\n");
    becomes(State.VOTING, OUT, UP);
    assertThat(page())
        .contains("\nkneard_key_in_process 0\n", "\nkneard_key_live 0\n")
        .doesNotContain("kneard_signing_deadline_seconds");
  }

  @Test
  void heightAndDutiesAreShownOnlyWhileNeardAnswersAndIsInSync() {
    becomes(State.VOTING, OUT, UP);
    assertThat(page())
        .contains("\nkneard_neard_reachable 1\n", "\nkneard_neard_height 4711\n")
        .contains("kneard_duties_ratio{kind=\"blocks\"} 0.9\n");
    becomes(State.SYNCING, OUT, up(0, true));
    assertThat(page())
        .contains("\nkneard_neard_height 4711\n", "\nkneard_neard_syncing 1\n")
        .doesNotContain("kneard_duties");
    becomes(State.SYNCING, OUT, up(1, false));
    assertThat(page())
        .contains("\nkneard_neard_reachable 0\n")
        .doesNotContain("kneard_neard_height", "kneard_neard_syncing", "kneard_duties");
  }

  @Test
  void aSupervisorThatNoLongerDecidesIsNoticed() {
    Duration statusInterval = Duration.ofSeconds(1);
    becomes(State.SYNCING, OUT, UP);
    now += 11 * SECOND;
    assertThat(metrics.problem(statusInterval, now)).isEmpty();
    now += SECOND;
    assertThat(metrics.problem(statusInterval, now))
        .hasValue("the supervisor has not decided for 12 s");
    assertThat(metrics.problem(Duration.ofSeconds(5), now)).isEmpty();
    becomes(State.SYNCING, OUT, UP);
    assertThat(metrics.problem(statusInterval, now)).isEmpty();
  }

  private String page() {
    return metrics.page(host, Optional.of(DUTIES), Optional.empty(), now);
  }

  private void live() {
    goingIn(Promotion.HOT);
    becomes(State.VALIDATING, new Key.Live(Promotion.HOT, now), UP);
  }

  private void goingIn(Promotion mode) {
    becomes(State.VALIDATING, new Key.GoingIn(mode, now, Optional.empty()), UP);
  }

  private void goingOut() {
    becomes(
        State.VALIDATING,
        new Key.GoingOut(
            now, Optional.empty(), now + SECOND, State.VOTING, "test", Optional.empty()),
        UP);
  }

  private void becomes(State state, Key key, Node node) {
    Supervision before = host;
    host =
        copy(
            state,
            before.state() == state ? before.since() : now,
            key,
            node,
            before.lock(),
            before.fence());
    metrics.decided(before, host, now);
  }

  private void lock(Optional<Observation.Seen> seen, Optional<String> problem) {
    Lock lock = new Lock(seen, now, problem, false, now, now, now, -1);
    host = copy(host.state(), host.since(), host.key(), host.node(), lock, host.fence());
  }

  private void fence(Optional<Long> deadline) {
    Supervision.Fence fence = new Supervision.Fence(deadline, now, deadline);
    host = copy(host.state(), host.since(), host.key(), host.node(), host.lock(), fence);
  }

  private Supervision copy(
      State state, long since, Key key, Node node, Lock lock, Supervision.Fence fence) {
    return new Supervision(
        state,
        since,
        "test",
        node,
        key,
        host.session(),
        lock,
        host.acquired(),
        host.probe(),
        fence,
        host.paused(),
        host.notBefore(),
        host.plan(),
        host.exit(),
        1,
        host.bound());
  }

  private static Node up(int failures, boolean syncing) {
    NeardView view = new NeardView(4711, syncing, Optional.empty(), "2.6.3");
    return new Node.Up(Role.STANDBY, failures, view, START);
  }

  private static Observation.Seen seen() {
    return new Observation.Seen(
        10,
        Optional.of("session"),
        Optional.of(new Holder("host", "other")),
        true,
        false,
        Optional.empty(),
        7,
        Optional.empty());
  }

  private static Duties.Share share() {
    return new Duties.Share(OptionalDouble.of(90), OptionalDouble.of(100));
  }
}
