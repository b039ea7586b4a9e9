package io.kneard.supervisor;

import static io.kneard.supervisor.Rehearsal.HOT;
import static io.kneard.supervisor.Rehearsal.KEY;
import static io.kneard.supervisor.State.REGISTERING;
import static io.kneard.supervisor.State.SHUTDOWN;
import static io.kneard.supervisor.State.STARTUP;
import static io.kneard.supervisor.State.SYNCING;
import static io.kneard.supervisor.State.VALIDATING;
import static io.kneard.supervisor.State.VOTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SupervisorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aHostWalksThroughAllStatesUntilItSigns() {
    Rehearsal host = new Rehearsal(HOT).validating();
    assertThat(host.path).containsExactly(STARTUP, SYNCING, REGISTERING, VOTING, VALIDATING);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void statusIsAskedOnceASecondAndNeverTwiceAtOnce() {
    Rehearsal host = new Rehearsal(HOT).syncing();
    host.pass(SECOND);
    assertThat(host.orders).contains(new Order.AskStatus());
    host.pass(SECOND.multipliedBy(5));
    assertThat(host.orders).doesNotContain(new Order.AskStatus());
    host.status(true, null);
    assertThat(host.orders).doesNotContain(new Order.AskStatus());
    host.pass(SECOND);
    assertThat(host.orders).contains(new Order.AskStatus());
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNCING", "REGISTERING", "VOTING"})
  void threeUninterruptedFailuresLeadToStartup(State state) {
    Rehearsal host = in(state);
    host.noStatus().noStatus().status(state == SYNCING, null).noStatus().noStatus();
    assertThat(host.now.state()).isEqualTo(state);
    host.noStatus();
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(host.ordered(Order.TermNeard.class::isInstance)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNCING", "REGISTERING", "VOTING"})
  void neardsEndLeadsToStartup(State state) {
    Rehearsal host = in(state).exited(101);
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @ParameterizedTest
  @EnumSource(names = {"REGISTERING", "VOTING"})
  void aNeardThatFallsBehindLeadsToSyncing(State state) {
    assertThat(in(state).status(true, null).now.state()).isEqualTo(SYNCING);
  }

  @Test
  void inVotingAnExpiredSessionLeadsToRegistering() {
    Rehearsal host = in(VOTING);
    host.tell(new Event.SessionRenewal("mine", host.clock, new Renewal.Gone()));
    assertThat(host.now.state()).isEqualTo(REGISTERING);
    assertThat(host.orders).contains(new Order.OpenSession(true));
  }

  @Test
  void aSessionThatCannotBeOpenedIsTriedAgain() {
    Rehearsal host = new Rehearsal(HOT).registering();
    host.tell(new Event.SessionOpening(host.clock, new Opening.Unreachable("refused")));
    assertThat(host.now.state()).isEqualTo(REGISTERING);
    assertThat(host.pass(SECOND).orders).contains(new Order.OpenSession(true));
  }

  @Test
  void theKeyFollowsTheLockAndTheDeadline() {
    Rehearsal host = new Rehearsal(HOT).lockTaken(true);
    long deadline = host.now.fence().ordered().orElseThrow();
    assertThat(host.orders)
        .containsSubsequence(
            new Order.SetDeadline(Optional.of(deadline)), new Order.InsertKey(deadline));
  }

  @Test
  void aStatusFromBeforeTheInsertionConfirmsNothing() {
    Rehearsal host = new Rehearsal(HOT).lockTaken(true).acknowledgeDeadline();
    long before = host.clock;
    host.pass(Duration.ofMillis(50)).tell(new Event.KeyInserted(host.clock));
    host.tell(new Event.StatusOk(before, new NeardView(1, false, Optional.of(KEY), "2.0.0")));
    assertThat(host.now.key()).isInstanceOf(Key.GoingIn.class);
  }

  @Test
  void aHotPromotionThatIsNotConfirmedFallsBackToARestart() {
    Rehearsal host = new Rehearsal(HOT).lockTaken(true).acknowledgeDeadline();
    host.tell(new Event.KeyInserted(host.clock)).status(false, null);
    host.pass(SECOND.multipliedBy(3));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    host.exited(137);
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.VALIDATOR))
        .isTrue();
    host.pass(SECOND).tell(new Event.NeardStarted(43)).status(false, KEY);
    assertThat(host.now.state()).isEqualTo(VALIDATING);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void everyRenewalMovesTheDeadlineFromItsSendingNotFromItsAnswer() {
    Rehearsal host = new Rehearsal(HOT).validating();
    long sent = host.clock;
    host.pass(SECOND.multipliedBy(2));
    host.tell(new Event.SessionRenewal("mine", sent, new Renewal.Renewed()));
    assertThat(host.now.fence().ordered()).contains(sent + HOT.timing().killAfter().toNanos());
  }

  @Test
  void withoutARenewalForTwentySecondsTheHostStopsSigningAndVotes() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.pass(Duration.ofMillis(19_999));
    assertThat(host.orders).doesNotContain(new Order.RemoveKey());
    host.pass(Duration.ofMillis(1));
    assertThat(host.orders).contains(new Order.RemoveKey());
    assertThat(host.now.state()).as("still Validating while the key is in").isEqualTo(VALIDATING);
    host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
    assertThat(host.path).endsWith(VALIDATING, VOTING, REGISTERING);
  }

  @Test
  void aDemotionThatIsNotConfirmedWithinTheFenceBoundKillsNeard() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.pass(SECOND.multipliedBy(20)).tell(new Event.KeyRemoved(host.clock)).status(false, KEY);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isFalse();
    host.pass(Duration.ofMillis(4_500));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    assertThat(host.now.state()).isEqualTo(VALIDATING);
    host.exited(137);
    assertThat(host.path).containsSubsequence(VALIDATING, VOTING);
  }

  @Test
  void aStoppingNeardIsKilledByTheDaemonTooWhenItsFenceHangs() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.noStatus().noStatus().noStatus();
    assertThat(host.ordered(Order.TermNeard.class::isInstance)).isTrue();
    host.pass(Duration.ofMillis(4_499));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isFalse();
    host.pass(Duration.ofMillis(1));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    host.pass(SECOND);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isFalse();
    host.pass(SECOND);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
  }

  @Test
  void aHostThatFallsBehindBetweenLockAndKeyGivesTheLockBack() {
    Rehearsal host = new Rehearsal(HOT).takenAfterAnotherHolder();
    host.live(Rehearsal.QUIET.minus(SECOND)).status(true, null).pass(SECOND);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    assertThat(host.orders).contains(new Order.DestroySession("mine"));
    assertThat(host.path).containsSubsequence(VALIDATING, VOTING, REGISTERING);
  }

  @Test
  void aKeyWaitsForAFreshViewOfNeard() {
    Rehearsal host = new Rehearsal(HOT).takenAfterAnotherHolder();
    host.live(Rehearsal.QUIET.minus(SECOND)).pass(SECOND.multipliedBy(3));
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    host.status(false, null);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
  }

  @Test
  void anExpiredSessionKillsAtOnceAndLeadsToRegistering() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.tell(new Event.SessionRenewal("mine", host.clock, new Renewal.Gone()));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    host.exited(137);
    assertThat(host.path).containsSubsequence(VALIDATING, REGISTERING, STARTUP);
  }

  @Test
  void aLockThatWasTakenAwayByHandKillsAtOnce() {
    Rehearsal host = new Rehearsal(HOT).validating().lockSeen("theirs", false);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
  }

  @Test
  void anObservationFromBeforeTheAcquisitionIsNoLossButAReasonToAsk() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.tell(
        new Event.LockObserved(
            new io.kneard.lock.Observation.Seen(
                1,
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                7,
                Optional.empty())));
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
    assertThat(host.orders).contains(new Order.RenewSession("mine"));
  }

  @Test
  void neardsEndWhileValidatingReleasesTheLockAtOnce() {
    Rehearsal host = new Rehearsal(HOT).validating().exited(101);
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(host.orders).contains(new Order.ReleaseLock("mine", Optional.empty()));
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.STANDBY))
        .isTrue();
    assertThat(host.released().orders).contains(new Order.DestroySession("mine"));
  }

  @Test
  void aHungValidatorIsStoppedAndTheLockReleasedOnlyWhenItIsDead() {
    Rehearsal host = new Rehearsal(HOT).validating().noStatus().noStatus().noStatus();
    assertThat(host.ordered(Order.TermNeard.class::isInstance)).isTrue();
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
    host.exited(137);
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isTrue();
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @Test
  void anUnreachableStoreIsNoLossBeforeTheDeadline() {
    Rehearsal host = new Rehearsal(HOT).validating();
    for (int i = 0; i < 15; i++) {
      host.pass(SECOND);
      host.tell(new Event.SessionRenewal("mine", host.clock, new Renewal.Unreachable("no leader")));
    }
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
    host.renewed().acknowledgeDeadline().pass(SECOND.multipliedBy(19));
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void aHungFenceKillsNeardDirectly() {
    Rehearsal host = new Rehearsal(HOT).validating().pass(SECOND).renewed();
    host.pass(SECOND.multipliedBy(2));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
  }

  @Test
  void aNeardWithoutAKeyThatOutlivesItsStopIsKilledByTheDaemonTooAndAgain() {
    Rehearsal host = new Rehearsal(HOT).voting().noStatus().noStatus().noStatus();
    assertThat(host.ordered(Order.TermNeard.class::isInstance)).isTrue();
    host.pass(HOT.stopTimeout().plusSeconds(1));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isFalse();
    host.pass(SECOND);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    host.pass(SECOND.multipliedBy(2));
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTUP", "SYNCING", "REGISTERING", "VOTING"})
  void aNeardThatUsesAKeyItWasNotGivenIsKilledAtOnce(State state) {
    Rehearsal host =
        state == STARTUP
            ? new Rehearsal(HOT).pass(Duration.ZERO).tell(new Event.NeardStarted(42))
            : in(state);
    host.status(false, KEY);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(host.exited(137).ordered(Order.StartNeard.class::isInstance)).isTrue();
  }

  @Test
  void aNeardThatUsesTheKeyBeforeItsTimeIsKilledAndTheLockGivenBackUnmarked() {
    Rehearsal host = new Rehearsal(HOT).takenAfterAnotherHolder().status(false, KEY);
    assertThat(host.ordered(Order.KillNeard.class::isInstance)).isTrue();
    assertThat(host.orders).contains(new Order.DestroySession("mine"));
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @Test
  void aPromotionThatFailsLeavesTheLockToOthersForAWhile() {
    Rehearsal host = new Rehearsal(HOT).lockTaken(true).acknowledgeDeadline();
    host.tell(new Event.KeyInsertFailed("no space left")).exited(137);
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(host.now.notBefore()).isEqualTo(host.clock + Rules.HANDOVER.toNanos());
    Rehearsal restarted = new Rehearsal(Rehearsal.rules(Promotion.RESTART)).lockTaken(true);
    restarted.exited(0).exited(101);
    assertThat(restarted.now.notBefore()).isEqualTo(restarted.clock + Rules.HANDOVER.toNanos());
  }

  @Test
  void whyNeardDoesNotStartIsKnown() {
    Rehearsal host = new Rehearsal(HOT).pass(Duration.ZERO).exited(3);
    assertThat(((Node.Down) host.now.node()).why()).contains("status 3");
    host.pass(SECOND);
    assertThat(((Node.Starting) host.now.node()).before()).contains("status 3");
  }

  @Test
  void aHostThatIsNotInSyncNeverTakesTheLock() {
    Rehearsal host = new Rehearsal(HOT).voting().status(true, null).lockSeen(null, true);
    assertThat(host.ordered(Order.AcquireLock.class::isInstance)).isFalse();
  }

  @Test
  void aStaleViewOfNeardIsNoReasonToTakeTheLock() {
    Rehearsal host = new Rehearsal(HOT).voting().pass(SECOND.multipliedBy(4)).lockSeen(null, true);
    assertThat(host.ordered(Order.AcquireLock.class::isInstance)).isFalse();
  }

  @Test
  void aPausedHostDoesNotTakeTheLock() {
    Rehearsal host = new Rehearsal(HOT).voting().tell(new Event.PauseRequested(true));
    assertThat(host.now.state()).isEqualTo(REGISTERING);
    assertThat(reopened(host)).contains(new Order.OpenSession(false));
    assertThat(host.now.state()).isEqualTo(VOTING);
    assertThat(host.status(false, null).lockSeen(null, true).orders)
        .doesNotContain(new Order.AcquireLock("mine", false));
  }

  @Test
  void aHostThatIsPausedNoMoreTakesTheLock() {
    Rehearsal host = new Rehearsal(HOT).voting().tell(new Event.PauseRequested(true));
    reopened(host);
    host.status(false, null).lockSeen(null, true).tell(new Event.PauseRequested(false));
    assertThat(reopened(host))
        .contains(new Order.OpenSession(true), new Order.AcquireLock("mine", false));
  }

  @Test
  void aHostThatIsPausedWhileItsSessionOpensIsNoCandidate() {
    Rehearsal host = new Rehearsal(HOT).registering().tell(new Event.PauseRequested(true));
    host.tell(new Event.SessionOpening(host.clock, new Opening.Opened("mine")));
    assertThat(host.now.state()).isEqualTo(REGISTERING);
    assertThat(reopened(host)).contains(new Order.OpenSession(false));
  }

  @Test
  void aPauseHoldsAPromotionThatStillWaits() {
    Rehearsal host = new Rehearsal(HOT).takenAfterAnotherHolder();
    host.tell(new Event.PauseRequested(true));
    assertThat(host.now.state()).isEqualTo(REGISTERING);
    assertThat(host.orders).contains(new Order.DestroySession("mine"));
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
  }

  @Test
  void aPauseLeavesAHealthyValidatorAlone() {
    Rehearsal host = new Rehearsal(HOT).validating().tell(new Event.PauseRequested(true));
    assertThat(host.now.state()).isEqualTo(VALIDATING);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  /** The old session is ended and the next one opened; the orders given on the way. */
  private static List<Order> reopened(Rehearsal host) {
    List<Order> orders = new ArrayList<>(host.released().orders);
    orders.addAll(host.tell(new Event.SessionEnding("mine", new Ending.Done())).orders);
    orders.addAll(
        host.tell(new Event.SessionOpening(host.clock, new Opening.Opened("mine"))).orders);
    return orders;
  }

  @Test
  void anAcquisitionWithUnknownOutcomeIsAskedAgain() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null).lockSeen(null, true);
    host.tell(new Event.LockAcquisition("mine", new Acquisition.Unreachable("timed out")));
    assertThat(host.now.state()).isEqualTo(VOTING);
    assertThat(host.pass(SECOND).orders).contains(new Order.AcquireLock("mine", false));
  }

  @Test
  void aPlannedHandoverTakesTheKeyOutBeforeItReleasesTheLockWithTheWish() {
    Optional<Handover> wish = Optional.of(new Handover("n2", Rules.HANDOVER));
    Rehearsal host = new Rehearsal(HOT).validating().tell(new Event.SwitchoverRequested(wish));
    assertThat(host.orders).contains(new Order.RemoveKey());
    host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
    assertThat(host.orders).contains(new Order.ReleaseLock("mine", wish));
    assertThat(host.path).containsSubsequence(VALIDATING, VOTING, REGISTERING);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTUP", "SYNCING", "REGISTERING", "VOTING", "VALIDATING"})
  void aStopLeadsToShutdownFromAnywhereAndEndsWithoutKeyProcessAndSession(State state) {
    Rehearsal host = in(state).tell(new Event.StopRequested("SIGTERM"));
    assertThat(host.now.state()).isEqualTo(SHUTDOWN);
    assertThat(host.ordered(Order.Exit.class::isInstance)).isFalse();
    if (state == VALIDATING) {
      assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
      host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
      assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isTrue();
    }
    host.exited(0);
    host.pass(Rules.HANDOVER);
    if (host.now.session() instanceof Session.Ending) {
      host.released();
      host.tell(new Event.SessionEnding("mine", new io.kneard.lock.Ending.Done()));
    }
    if (host.now.session() instanceof Session.Opening) {
      host.tell(new Event.SessionOpening(host.clock, new Opening.Unreachable("gone")));
    }
    assertThat(host.orders).contains(new Order.Exit(0));
  }

  @Test
  void aPlannedStopKeepsTheLockAndStartsNeardWithTheKeyAgain() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.tell(new Event.StopPlanned(Optional.of(120L), false, "planned")).exited(0);
    assertThat(host.now.state()).isEqualTo(VALIDATING);
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.VALIDATOR))
        .isTrue();
    host.pass(SECOND).tell(new Event.NeardStarted(43)).status(false, KEY);
    assertThat(host.now.plan().phase()).isEqualTo(Plan.Phase.DONE);
    assertThat(host.path).endsWith(VOTING, VALIDATING);
  }

  @Test
  void aCrashBeforeThePlannedHeightIsACrash() {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.tell(new Event.StopPlanned(Optional.of(120L), false, "planned")).exited(101);
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(host.now.plan().phase()).isEqualTo(Plan.Phase.FAILED);
  }

  @Test
  void aPlannedStopInVotingRestartsAtOnceWithoutLeavingVoting() {
    Rehearsal host = in(VOTING).status(false, null);
    host.tell(new Event.StopPlanned(Optional.empty(), false, "planned"));
    host.exited(0);
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.STANDBY))
        .isTrue();
    host.pass(SECOND).tell(new Event.NeardStarted(43)).status(false, null);
    assertThat(host.now.state()).isEqualTo(VOTING);
    assertThat(host.now.plan().phase()).isEqualTo(Plan.Phase.DONE);
  }

  @Test
  void aNeardThatDoesNotStartIsTriedAgainWithLongerPausesAndNeverGivenUp() {
    Rehearsal host = new Rehearsal(HOT).pass(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      assertThat(host.ordered(Order.StartNeard.class::isInstance)).isTrue();
      host.exited(1);
      host.pass(Duration.ofSeconds(31));
    }
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @Test
  void promotionByRestartStopsTheStandbyAndStartsTheValidator() {
    Rehearsal host = new Rehearsal(Rehearsal.rules(Promotion.RESTART)).lockTaken(true);
    assertThat(host.ordered(Order.TermNeard.class::isInstance)).isTrue();
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    host.exited(0);
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.VALIDATOR))
        .isTrue();
    host.pass(SECOND).tell(new Event.NeardStarted(43)).status(false, KEY);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  private static Rehearsal in(State state) {
    Rehearsal host = new Rehearsal(HOT);
    return switch (state) {
      case STARTUP -> host.pass(Duration.ZERO);
      case SYNCING -> host.syncing();
      case REGISTERING -> host.registering();
      case VOTING -> host.voting();
      case VALIDATING -> host.validating();
      case SHUTDOWN -> host.tell(new Event.StopRequested("test"));
    };
  }
}
