package io.kneard.supervisor;

import static io.kneard.supervisor.Plan.Phase.CANCELLED;
import static io.kneard.supervisor.Plan.Phase.DONE;
import static io.kneard.supervisor.Plan.Phase.FAILED;
import static io.kneard.supervisor.Plan.Phase.NONE;
import static io.kneard.supervisor.Plan.Phase.PLANNED;
import static io.kneard.supervisor.Plan.Phase.RESTARTING;
import static io.kneard.supervisor.Plan.Phase.STOPPING;
import static io.kneard.supervisor.Rehearsal.HOT;
import static io.kneard.supervisor.Rehearsal.KEY;
import static io.kneard.supervisor.State.REGISTERING;
import static io.kneard.supervisor.State.SHUTDOWN;
import static io.kneard.supervisor.State.STARTUP;
import static io.kneard.supervisor.State.VALIDATING;
import static io.kneard.supervisor.State.VOTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Ending;
import io.kneard.lock.Renewal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The planned stop, with heights and times of the test. */
class PlanTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long HEIGHT = 1000;

  @Test
  void neardStopsAtTheHeightAndSignsAgainWithTheLockKept() {
    Rehearsal host = planned(false);
    long plannedAt = host.now.plan().plannedAt();
    head(host, HEIGHT - 1);
    assertThat(phase(host)).isEqualTo(PLANNED);
    head(host, HEIGHT);
    assertThat(phase(host)).isEqualTo(STOPPING);
    host.noStatus().exited(0);
    assertThat(phase(host)).isEqualTo(RESTARTING);
    assertThat(host.ordered(o -> o instanceof Order.StartNeard s && s.role() == Role.VALIDATOR))
        .isTrue();
    host.pass(Duration.ofMillis(1500)).tell(new Event.NeardStarted(43));
    head(host, HEIGHT + 2);
    assertThat(phase(host)).isEqualTo(DONE);
    assertThat(host.now.plan().message())
        .isEqualTo("neard is back 1.5 s after it stopped; the state is Validating");
    assertThat(host.now.plan().plannedAt()).as("constant").isEqualTo(plannedAt);
    assertThat(host.path).endsWith(VOTING, VALIDATING);
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
  }

  @Test
  void aNeardThatIsStoppingMayBeSilentForItsStopTimeoutAndNoLonger() {
    Rehearsal host = planned(false);
    head(host, HEIGHT - 3);
    passWithoutAnswer(host, 1);
    assertThat(phase(host)).as("it may have got there since").isEqualTo(STOPPING);
    passWithoutAnswer(host, 59);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
    passWithoutAnswer(host, 2);
    assertThat(host.now.key()).isInstanceOf(Key.GoingOut.class);
    host.exited(137);
    assertThat(host.now.state()).isEqualTo(STARTUP);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.plan().message())
        .startsWith("neard was stopping at height 1000 and was ended instead (/status failed");
  }

  @Test
  void aNeardThatGoesSilentFarFromTheHeightIsHung() {
    Rehearsal host = planned(false);
    head(host, HEIGHT - 100);
    passWithoutAnswer(host, 3);
    assertThat(host.now.key()).isInstanceOf(Key.GoingOut.class);
  }

  @Test
  void aShortSilenceBeforeTheHeightIsNoStop() {
    Rehearsal host = planned(false);
    head(host, HEIGHT - 3);
    passWithoutAnswer(host, 1);
    head(host, HEIGHT - 1);
    assertThat(phase(host)).isEqualTo(PLANNED);
    assertThat(host.tell(new Event.StopUnplanned(false, "off")).now.plan().phase())
        .isEqualTo(CANCELLED);
  }

  @Test
  void aHeadPastTheHeightMeansThatNeardIgnoresItAndThePlanIsTakenBack() {
    Rehearsal host = planned(false);
    head(host, HEIGHT + 20);
    assertThat(phase(host)).isEqualTo(STOPPING);
    head(host, HEIGHT + 21);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.orders).contains(new Order.ForgetPlannedStop());
    assertThat(host.now.plan().message())
        .contains("is at height 1021", "the planned 1000", "taken back", "plan again");
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void aNeardThatStandsAtTheHeightAndGoesOnAnsweringHasNotStopped() {
    Rehearsal host = planned(false);
    for (int second = 0; second < 60; second++) {
      assertThat(phase(host)).isNotEqualTo(FAILED);
      head(host, HEIGHT);
      host.pass(SECOND).renewed().acknowledgeDeadline();
    }
    head(host, HEIGHT);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void aPlanDoesNotOutliveValidatingSoThatTheHostCanTakeTheLockAgain() {
    Rehearsal host = planned(false).pass(SECOND.multipliedBy(20));
    host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
    assertThat(host.path).endsWith(VALIDATING, VOTING, REGISTERING);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.plan().message())
        .startsWith("height 1000 was not reached in Validating (the session could not be renewed");
  }

  @Test
  void thePlanIsTakenOutOfTheConfigurationWhenTheHostLeavesValidating() {
    Rehearsal host = planned(false);
    host.tell(new Event.SessionRenewal("mine", host.clock, new Renewal.Gone())).exited(137);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.orders).contains(new Order.ForgetPlannedStop());
  }

  @Test
  void aSessionLostDuringTheRestartEndsThePlan() {
    Rehearsal host = planned(false).exited(0);
    assertThat(phase(host)).isEqualTo(RESTARTING);
    host.tell(new Event.SessionRenewal("mine", host.clock, new Renewal.Gone())).exited(137);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.plan().message()).contains("did not come back as the signer");
    assertThat(host.ordered(Order.ForgetPlannedStop.class::isInstance))
        .as("a starting neard is sent no signal")
        .isFalse();
  }

  @Test
  void anEndOfAnotherKindIsReportedWithItsReason() {
    Rehearsal host = planned(false).exited(101);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.plan().message())
        .isEqualTo("neard ended, and not as planned: status 101. It is being started again");
  }

  @Test
  void toStayDownTheDaemonEndsAfterThoseWhoWaitHaveHadTimeToHearOfIt() {
    Rehearsal host = planned(true).exited(0);
    assertThat(host.now.state()).isEqualTo(SHUTDOWN);
    assertThat(phase(host)).isEqualTo(DONE);
    assertThat(host.orders)
        .as("before anybody starts neard")
        .contains(new Order.ForgetPlannedStop());
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isTrue();
    host.released().tell(new Event.SessionEnding("mine", new Ending.Done()));
    assertThat(host.ordered(Order.Exit.class::isInstance)).isFalse();
    assertThat(host.pass(SECOND.multipliedBy(2)).orders).contains(new Order.Exit(75));
  }

  @Test
  void inVotingItIsStoppedAtOnceAndTheReportFollows() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.tell(new Event.StopPlanned(Optional.empty(), false, "at once"));
    assertThat(phase(host)).isEqualTo(STOPPING);
    host.exited(0);
    assertThat(phase(host)).isEqualTo(RESTARTING);
    host.pass(SECOND).tell(new Event.NeardStarted(43)).status(false, null);
    assertThat(phase(host)).isEqualTo(DONE);
    assertThat(host.now.state()).isEqualTo(VOTING);
    assertThat(host.now.plan().message())
        .isEqualTo("neard is back 1.0 s after it stopped; the state is Voting");
  }

  @Test
  void inVotingAStandbyThatDoesNotComeBackIsReported() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.tell(new Event.StopPlanned(Optional.empty(), false, "at once")).exited(0).exited(1);
    assertThat(phase(host)).isEqualTo(FAILED);
    assertThat(host.now.state()).isEqualTo(STARTUP);
  }

  @Test
  void aHostThatIsAboutToTakeTheLockIsNotRestarted() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null).lockSeen(null, true);
    assertThat(host.orders).contains(new Order.AcquireLock("mine", false));
    host.tell(new Event.StopPlanned(Optional.empty(), false, "at once"));
    assertThat(phase(host)).isEqualTo(NONE);
  }

  @Test
  void aHeightIsOnlyForTheSigner() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.tell(new Event.StopPlanned(Optional.of(HEIGHT), false, "later"));
    assertThat(phase(host)).isEqualTo(NONE);
  }

  @Test
  void aSecondPlanChangesNothing() {
    Rehearsal host = planned(false);
    Plan first = host.now.plan();
    host.tell(new Event.StopPlanned(Optional.of(2000L), true, "another"));
    assertThat(host.now.plan()).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTUP", "SYNCING", "REGISTERING", "SHUTDOWN"})
  void elsewhereNothingIsPlanned(State state) {
    Rehearsal host = new Rehearsal(HOT);
    switch (state) {
      case STARTUP -> host.pass(Duration.ZERO);
      case SYNCING -> host.syncing();
      case REGISTERING -> host.registering();
      default -> host.syncing().tell(new Event.StopRequested("test"));
    }
    assertThat(host.now.state()).isEqualTo(state);
    host.tell(new Event.StopPlanned(Optional.of(HEIGHT), false, "later"));
    host.tell(new Event.StopPlanned(Optional.empty(), false, "at once"));
    assertThat(phase(host)).isEqualTo(NONE);
  }

  private static Rehearsal planned(boolean stay) {
    Rehearsal host = new Rehearsal(HOT).validating();
    host.tell(new Event.StopPlanned(Optional.of(HEIGHT), stay, "neard stops at height 1000"));
    assertThat(phase(host)).isEqualTo(PLANNED);
    return host;
  }

  private static Plan.Phase phase(Rehearsal host) {
    return host.now.plan().phase();
  }

  private static void head(Rehearsal host, long height) {
    NeardView view = new NeardView(height, false, Optional.of(KEY), "2.0.0");
    host.tell(new Event.StatusOk(host.clock, view));
  }

  /** As often as asked, a second apart, with the lock renewed. */
  private static void passWithoutAnswer(Rehearsal host, int times) {
    for (int i = 0; i < times; i++) {
      host.pass(SECOND).renewed().acknowledgeDeadline().noStatus();
    }
  }
}
