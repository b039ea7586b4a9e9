package io.kneard.supervisor;

import static io.kneard.supervisor.Rehearsal.HOT;
import static io.kneard.supervisor.Rehearsal.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The volume that goes with the validator. */
class BindingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Rehearsal host = new Rehearsal(rules(false));

  private static Rules rules(boolean goOn) {
    return new Rules(
        HOT.timing(),
        HOT.nodeId(),
        HOT.publicKey(),
        HOT.promotion(),
        HOT.statusInterval(),
        HOT.statusFailures(),
        HOT.startTimeout(),
        HOT.startAttempts(),
        HOT.stopTimeout(),
        HOT.promotionTimeout(),
        Optional.of(new Binding("keys", Duration.ofSeconds(30), goOn, Duration.ofSeconds(10))));
  }

  private void seen(boolean attached, boolean usable) {
    host.tell(
        new Event.VolumeSeen(host.clock, attached, usable, usable ? "fine" : "it has no quorum"));
  }

  private void renewed() {
    if (host.now.session() instanceof Session.Open open && open.renewing()) {
      host.renewed();
    }
  }

  private void validating() {
    host.lockTaken(true);
    seen(true, true);
    host.acknowledgeDeadline();
    host.tell(new Event.KeyInserted(host.clock)).status(false, KEY);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  /** Time passes with everything in order but the volume. */
  private void withoutVolume(int seconds) {
    for (int i = 0; i < seconds; i++) {
      host.pass(SECOND);
      if (!(host.now.key() instanceof Key.Live)) {
        return;
      }
      host.status(false, KEY);
      renewed();
      seen(true, false);
    }
  }

  private void noKeyGoesIn() {
    assertThat(host.now.key().mayBeInProcess()).isFalse();
  }

  @Test
  void itIsAttachedBeforeTheKeyGoesIn() {
    host.lockTaken(true);
    assertThat(host.orders).contains(new Order.AttachVolume());
    host.live(Duration.ofSeconds(5));
    noKeyGoesIn();
    seen(true, false);
    noKeyGoesIn();
    assertThat(host.now.waitsForVolumeSince()).contains(host.now.since());
    seen(true, true);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
    assertThat(host.now.waitsForVolumeSince()).isEmpty();
  }

  @Test
  void aLookFromBeforeTheOrderSaysNothing() {
    host.voting();
    long before = host.clock - 1;
    host.status(false, null).lockSeen(null, true);
    host.tell(new Event.LockAcquisition("mine", new Acquisition.Acquired(Rehearsal.EPOCH + 1, 99)));
    host.tell(new Event.VolumeSeen(before, true, true, "fine"));
    noKeyGoesIn();
  }

  @Test
  void aPromotionThatWaitsTooLongLeavesTheLockToTheOthers() {
    host.lockTaken(true);
    seen(false, false);
    host.live(Duration.ofSeconds(29));
    assertThat(host.now.state()).isEqualTo(State.VALIDATING);
    host.live(Duration.ofSeconds(2));
    assertThat(host.path).containsSequence(State.VALIDATING, State.VOTING);
    noKeyGoesIn();
    assertThat(host.now.bound().asked()).contains(false);
    assertThat(host.now.notBefore() - host.clock).isPositive();
  }

  @Test
  void orItGoesOnWithoutTheVolumeWhereThatIsWanted() {
    host = new Rehearsal(rules(true));
    host.lockTaken(true);
    seen(false, false);
    host.live(Duration.ofSeconds(29));
    noKeyGoesIn();
    host.live(Duration.ofSeconds(2));
    assertThat(host.now.key()).isInstanceOf(Key.GoingIn.class);
    host.acknowledgeDeadline();
    host.tell(new Event.KeyInserted(host.clock)).status(false, KEY);
    withoutVolume(60);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void aHostThatWaitsAndCannotRenewGivesUpAsEver() {
    host.lockTaken(true);
    host.pass(HOT.timing().stopAfter());
    assertThat(host.now.state()).isNotEqualTo(State.VALIDATING);
    noKeyGoesIn();
    seen(true, true);
    noKeyGoesIn();
  }

  @Test
  void aSignerWithoutItsVolumeForTooLongStopsAndReleasesTheLockWithTheKeyOut() {
    validating();
    withoutVolume(9);
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
    host.pass(SECOND);
    assertThat(host.orders).contains(new Order.RemoveKey());
    assertThat(host.ordered(Order.DetachVolume.class::isInstance)).isFalse();
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
    host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
    assertThat(host.orders).contains(new Order.DetachVolume());
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isTrue();
    assertThat(host.now.state()).isIn(State.VOTING, State.REGISTERING);
    assertThat(host.now.notBefore() - host.clock).isPositive();
  }

  @Test
  void aShortLossIsNoReasonToStop() {
    validating();
    for (int i = 0; i < 5; i++) {
      withoutVolume(8);
      seen(true, true);
    }
    assertThat(host.now.key()).isInstanceOf(Key.Live.class);
  }

  @Test
  void noWordOfTheVolumeIsALossToo() {
    validating();
    for (int i = 0; i < 10; i++) {
      host.pass(SECOND);
      if (host.now.key() instanceof Key.Live) {
        host.status(false, KEY);
        renewed();
      }
    }
    assertThat(host.now.key()).isInstanceOf(Key.GoingOut.class);
  }

  @Test
  void whatAnEarlierDaemonLeftAttachedStaysSoUntilItsNeardIsDead() {
    host.pass(Duration.ZERO);
    assertThat(host.now.bound().asked()).isEmpty();
    host.tell(new Event.NeardStarted(42));
    assertThat(host.orders).contains(new Order.DetachVolume());
  }

  @Test
  void aDaemonThatEndsWaitsForTheDetachButNotForLong() {
    for (boolean detached : new boolean[] {true, false}) {
      host = new Rehearsal(rules(false));
      validating();
      host.tell(new Event.StopRequested("test"));
      host.tell(new Event.KeyRemoved(host.clock)).status(false, null);
      host.exited(0).released();
      host.tell(new Event.SessionEnding("mine", new Ending.Done()));
      assertThat(host.ordered(Order.Exit.class::isInstance)).isFalse();
      if (detached) {
        seen(false, false);
      } else {
        host.pass(Binding.FAREWELL);
      }
      assertThat(host.ordered(Order.Exit.class::isInstance)).isTrue();
    }
  }

  @Test
  void aHostWithoutSuchAVolumeOrdersNothingAboutOne() {
    host = new Rehearsal(HOT).validating();
    host.tell(new Event.StopRequested("test"));
    assertThat(host.now.bound()).isEqualTo(Bound.NONE);
  }
}
