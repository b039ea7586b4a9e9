package io.kneard.supervisor;

import static io.kneard.supervisor.Rehearsal.EPOCH;
import static io.kneard.supervisor.Rehearsal.HOT;
import static io.kneard.supervisor.Rehearsal.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Opening;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A store can take the lock from a holder that is cut off and signs on: an agent that leaves takes
 * the sessions it was asked for along. So a lock without the mark of a release is taken, and a key
 * put in place, only when whoever held it has certainly stopped.
 */
class QuietTest {
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Order TAKE = new Order.AcquireLock("mine", false);

  @Test
  void aFreeLockIsTakenOnlyWhenItsHoldersLastSignIsOldEnough() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").live(Duration.ofSeconds(5));
    host.lockSeen(null, false, "theirs/2");
    assertThat(host.orders).doesNotContain(TAKE);
    host.live(QUIET.minusSeconds(5).minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.pass(MOMENT).orders).contains(TAKE);
    host.tell(new Event.LockAcquisition("mine", new Acquisition.Acquired(EPOCH + 1, 99)));
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
  }

  @Test
  void aSignThatIsSeenOnlyWithTheFreeLockBeginsTheTimeAnew() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").live(Duration.ofSeconds(20));
    host.lockSeen(null, false, "theirs/3").live(QUIET.minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.pass(MOMENT).orders).contains(TAKE);
  }

  @Test
  void aLockThatExpiredLongAfterTheLastSignIsTakenAtOnce() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").live(Duration.ofSeconds(60));
    assertThat(host.lockSeen(null, false, "theirs/2").orders).contains(TAKE);
  }

  @Test
  void aFirstLookAtALockThatNobodyHoldsSaysNothingOfWhoSigns() {
    Rehearsal host = new Rehearsal(HOT).registering().lockSeen(null, false);
    host.tell(new Event.SessionOpening(host.clock, new Opening.Opened("mine")));
    host.live(QUIET.minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.pass(MOMENT).orders).contains(TAKE);
  }

  @Test
  void aClockThatIsSetForwardDoesNotShortenTheWait() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").lockSeen(null, false, "theirs/2");
    Duration hour = Duration.ofHours(1);
    host.clock += hour.toNanos();
    host.tell(new Event.HostStoodStill(hour.toNanos())).status(false, null).renewed();
    assertThat(host.orders).doesNotContain(TAKE);
    host.live(QUIET.minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.pass(MOMENT).orders).contains(TAKE);
  }

  @Test
  void aClockThatIsSetForwardDoesNotShortenTheWaitWithTheLockInHand() {
    Rehearsal host = takenAfterAnotherHolder();
    Duration moment = Duration.ofSeconds(1);
    host.clock += moment.toNanos();
    host.tell(new Event.HostStoodStill(moment.toNanos()));
    host.live(QUIET.minus(MOMENT));
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    host.pass(MOMENT);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
  }

  @Test
  void aHostThatFallsBehindBetweenLockAndKeyGivesTheLockBack() {
    Rehearsal host = takenAfterAnotherHolder().live(QUIET.minus(MOMENT)).status(true, null);
    host.pass(MOMENT);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    assertThat(host.orders).contains(new Order.DestroySession("mine"));
    assertThat(host.path).containsSubsequence(State.VALIDATING, State.VOTING, State.REGISTERING);
  }

  @Test
  void aKeyWaitsForAFreshViewOfNeard() {
    Rehearsal host = takenAfterAnotherHolder().live(QUIET.minusSeconds(4));
    host.pass(Duration.ofSeconds(4));
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isFalse();
    host.status(false, null);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
  }

  @Test
  void aKeyThatWasDeletedByHandDoesNotShortenTheWait() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").live(Duration.ofSeconds(60));
    host.lockSeen(null, false, null).live(QUIET.minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
  }

  @Test
  void theMarkOfAReleaseEndsTheWait() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen(null, false, "theirs/2");
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.lockSeen(null, true, null).orders).contains(TAKE);
  }

  @Test
  void aStoreThatWasSetBackIsNotBelievedThatTheLockWasReleased() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen("theirs", false, "theirs/2").live(Duration.ofSeconds(60));
    host.storeSetBack().lockSeen(null, true, null).live(QUIET.minus(MOMENT));
    assertThat(host.orders).doesNotContain(TAKE);
    assertThat(host.pass(MOMENT).orders).contains(TAKE);
  }

  @Test
  void aHolderThatCameAndWentUnseenIsWaitedForWithTheLockInHand() {
    Rehearsal host = takenAfterAnotherHolder();
    assertThat(host.now.state()).isEqualTo(State.VALIDATING);
    host.live(QUIET.minus(MOMENT));
    assertThat(host.now.key()).isInstanceOf(Key.Settling.class);
    host.pass(MOMENT);
    assertThat(host.ordered(Order.InsertKey.class::isInstance)).isTrue();
  }

  @Test
  void whoNeverHadTheKeyDoesNotSayThatNobodySigns() {
    Rehearsal crashed = takenAfterAnotherHolder().exited(101);
    assertThat(crashed.orders).contains(new Order.DestroySession("mine"));
    Rehearsal hung = takenAfterAnotherHolder().noStatus().noStatus().noStatus();
    assertThat(hung.orders).contains(new Order.DestroySession("mine"));
    Rehearsal stopped = takenAfterAnotherHolder().tell(new Event.StopRequested("SIGTERM"));
    assertThat(stopped.orders).contains(new Order.DestroySession("mine"));
    Rehearsal votes = new Rehearsal(HOT).voting().status(true, null);
    assertThat(votes.orders).contains(new Order.DestroySession("mine"));
  }

  @Test
  void theLockOfAKilledDaemonIsReleasedOnceItsNeardIsCertainlyDead() {
    Rehearsal host = new Rehearsal(HOT, Optional.of("old")).pass(MOMENT);
    host.lockSeen("old", false, "old/5", true);
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
    host.tell(new Event.NeardStarted(42));
    assertThat(host.orders).contains(new Order.ReleaseLock("old", Optional.empty()));
  }

  @Test
  void theSessionOfAKilledDaemonWaitsForALookAtTheLock() {
    Rehearsal host = new Rehearsal(HOT, Optional.of("old")).pass(MOMENT);
    host.tell(new Event.NeardStarted(42));
    assertThat(host.ordered(Order.DestroySession.class::isInstance)).isFalse();
    assertThat(host.lockSeen("old", false, "old/5", true).orders)
        .contains(new Order.ReleaseLock("old", Optional.empty()));
  }

  @Test
  void aLockThatAKilledDaemonHadNotYetSignedWithIsGivenUpWithoutTheMark() {
    Rehearsal host = new Rehearsal(HOT, Optional.of("old")).pass(MOMENT);
    host.lockSeen("old", false, "old/1", false).tell(new Event.NeardStarted(42));
    assertThat(host.orders).contains(new Order.DestroySession("old"));
    assertThat(host.ordered(Order.ReleaseLock.class::isInstance)).isFalse();
  }

  private static Rehearsal takenAfterAnotherHolder() {
    return new Rehearsal(HOT).takenAfterAnotherHolder();
  }
}
