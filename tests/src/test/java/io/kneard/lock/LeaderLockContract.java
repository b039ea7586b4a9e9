package io.kneard.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What the supervisor relies on, whatever the lock is kept in. */
public abstract class LeaderLockContract {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final LockTiming CALM =
      new LockTiming(
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ZERO,
          false);
  private static final LockTiming HASTY =
      new LockTiming(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ZERO,
          false);

  private final List<LeaderLock> opened = new ArrayList<>();

  /** The validator of this test; no other test has it. */
  protected String account;

  protected LeaderLock one;
  protected LeaderLock two;

  /** A host's way to the lock of an account. */
  protected abstract LeaderLock connect(String account, Holder self, LockTiming timing)
      throws Exception;

  @BeforeEach
  void twoHosts(TestInfo test) throws Exception {
    account = test.getTestMethod().orElseThrow().getName();
    one = host("n1", CALM);
    two = host("n2", CALM);
  }

  @AfterEach
  void disconnect() {
    opened.forEach(LeaderLock::close);
  }

  private LeaderLock host(String node, LockTiming timing) throws Exception {
    LeaderLock lock = connect(account, holder(node), timing);
    opened.add(lock);
    return lock;
  }

  private static Holder holder(String node) {
    return new Holder("host of " + node, node);
  }

  @Test
  void onlyOneOfTwoGetsTheLockAndTheOtherSeesWhoHasIt() {
    String mine = session(one);
    assertThat(one.acquire(mine, false)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(two.acquire(session(two), false)).isEqualTo(new Acquisition.Taken());
    Observation.Seen seen = see(two);
    assertThat(seen.session()).contains(mine);
    assertThat(seen.holder()).contains(holder("n1"));
    assertThat(seen.live()).isFalse();
  }

  @Test
  void ofManyThatTryAtOnceOneGetsTheLock() {
    List<CompletableFuture<Acquisition>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      LeaderLock host = i % 2 == 0 ? one : two;
      String session = session(host);
      tries.add(CompletableFuture.supplyAsync(() -> host.acquire(session, false)));
    }
    List<Acquisition> outcomes = tries.stream().map(CompletableFuture::join).toList();
    assertThat(outcomes).filteredOn(Acquisition.Acquired.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Acquisition.Taken.class::isInstance).hasSize(7);
  }

  @Test
  void aHolderThatTakesTheLockAgainSaysSomethingNewInTheSameEpoch() {
    String mine = session(one);
    Acquisition.Acquired first = take(one, mine, false);
    Acquisition.Acquired second = take(one, mine, true);
    assertThat(second.epoch()).isEqualTo(first.epoch());
    assertThat(second.index()).isGreaterThan(first.index());
    assertThat(see(two).live()).isTrue();
  }

  @Test
  void anOrderlyReleaseWakesTheWatcherAndCarriesTheWish() throws Exception {
    String mine = session(one);
    take(one, mine, true);
    long index = see(two).index();
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(() -> two.observe(index, WAIT));
    Optional<Handover> wish = Optional.of(new Handover("n2", Duration.ofSeconds(10)));
    assertThat(one.release(mine, wish)).isEqualTo(new Ending.Done());
    Observation.Seen seen = (Observation.Seen) waiting.get(5, TimeUnit.SECONDS);
    assertThat(seen.session()).isEmpty();
    assertThat(seen.released()).isTrue();
    assertThat(seen.live()).isFalse();
    assertThat(seen.handover()).isEqualTo(wish);
    Acquisition.Acquired won = take(two, session(two), false);
    assertThat(won.epoch()).isEqualTo(seen.epoch() + 1);
    assertThat(won.index()).isGreaterThan(seen.index());
    assertThat(see(one).handover()).as("a wish ends with the next holder").isEmpty();
  }

  @Test
  void aSessionThatIsEndedFreesTheLockWithoutTheMarkOfARelease() {
    String mine = session(one);
    take(one, mine, true);
    assertThat(two.destroy(mine)).isEqualTo(new Ending.Done());
    Observation.Seen seen = see(two);
    assertThat(seen.session()).isEmpty();
    assertThat(seen.released()).isFalse();
    assertThat(seen.live()).isFalse();
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Gone());
    assertThat(one.acquire(mine, true)).isEqualTo(new Acquisition.SessionGone());
  }

  @Test
  void givingUpWhatOneDoesNotHaveIsDoneAndHarmsNobody() {
    String theirs = session(two);
    take(two, theirs, true);
    String mine = session(one);
    assertThat(one.release(mine, Optional.empty())).isEqualTo(new Ending.Done());
    assertThat(one.destroy(mine)).isEqualTo(new Ending.Done());
    assertThat(one.release(mine, Optional.empty())).isEqualTo(new Ending.Done());
    assertThat(one.destroy(mine)).isEqualTo(new Ending.Done());
    assertThat(see(one).session()).contains(theirs);
    assertThat(see(one).live()).isTrue();
  }

  @Test
  void everyRenewalOfAHolderShowsInTheLock() {
    String mine = session(one);
    take(one, mine, true);
    Sign first = see(two).sign().orElseThrow();
    assertThat(first.quietAfter()).isEqualTo(CALM.quietAfter());
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Renewed());
    Observation.Seen renewed = see(two);
    assertThat(renewed.sign().orElseThrow()).isNotEqualTo(first);
    assertThat(renewed.live()).as("a renewal changes nothing else").isTrue();
    assertThat(renewed.session()).contains(mine);
    two.destroy(mine);
    assertThat(see(two).sign()).as("the last sign outlives the session").isEqualTo(renewed.sign());
  }

  @Test
  void aRenewalWithoutTheLockLeavesTheLockAlone() {
    String theirs = session(two);
    take(two, theirs, true);
    Observation.Seen before = see(two);
    String mine = session(one);
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Renewed());
    assertThat(one.acquire(mine, false)).isEqualTo(new Acquisition.Taken());
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Renewed());
    assertThat(see(two).sign()).isEqualTo(before.sign());
    assertThat(see(two).session()).contains(theirs);
  }

  @Test
  void aSessionThatIsRenewedOutlivesItsTtlAndOneThatIsNotFreesTheLock() throws Exception {
    LeaderLock hasty = host("n3", HASTY);
    String renewed = session(hasty);
    String left = session(hasty);
    take(hasty, left, true);
    Observation.Seen seen = see(two);
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (seen.session().isPresent() && System.nanoTime() < deadline) {
      assertThat(hasty.renew(renewed)).isEqualTo(new Renewal.Renewed());
      seen = (Observation.Seen) two.observe(seen.index(), Duration.ofSeconds(1));
    }
    assertThat(seen.session()).isEmpty();
    assertThat(seen.released()).isFalse();
    assertThat(seen.sign()).isPresent();
    assertThat(hasty.renew(renewed)).isEqualTo(new Renewal.Renewed());
    assertThat(hasty.renew(left)).isEqualTo(new Renewal.Gone());
  }

  @Test
  void theEpochCountsTheHolders() {
    long before = take(one, session(one), false).epoch();
    for (int i = 1; i <= 3; i++) {
      one.release(see(one).session().orElseThrow(), Optional.empty());
      assertThat(take(one, session(one), false).epoch()).isEqualTo(before + i);
    }
  }

  @Test
  void aLookAtALockThatNeverWasSeesNothingAndWaitsForTheFirstHolder() throws Exception {
    Observation.Seen nothing = see(two);
    assertThat(nothing.session()).isEmpty();
    assertThat(nothing.holder()).isEmpty();
    assertThat(nothing.released()).isFalse();
    assertThat(nothing.sign()).isEmpty();
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(() -> two.observe(nothing.index(), WAIT));
    String mine = session(one);
    take(one, mine, false);
    Observation.Seen seen = (Observation.Seen) waiting.get(10, TimeUnit.SECONDS);
    if (seen.session().isEmpty()) { // woken by something else
      seen = (Observation.Seen) two.observe(seen.index(), WAIT);
    }
    assertThat(seen.session()).contains(mine);
  }

  @Test
  void aLookEndsWithItsWait() {
    long index = see(one).index();
    long begun = System.nanoTime();
    Observation.Seen seen = (Observation.Seen) one.observe(index, Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(seen.session()).isEmpty();
  }

  @Test
  void hostsWithASessionThatStandAreCandidates() {
    session(one);
    session(two);
    assertThat(two.open(false)).isInstanceOf(Opening.Opened.class); // of a host that is paused
    assertThat(one.candidates())
        .isInstanceOfSatisfying(
            Candidates.Found.class,
            found ->
                assertThat(found.hosts()).containsExactlyInAnyOrder(holder("n1"), holder("n2")));
  }

  @Test
  void theLocksOfTwoAccountsAreApart() throws Exception {
    take(one, session(one), false);
    LeaderLock other = connect(account + "2", holder("n1"), CALM);
    opened.add(other);
    assertThat(see(other).session()).isEmpty();
    take(other, session(other), false);
    other.candidates();
    assertThat(other.candidates()).isEqualTo(new Candidates.Found(List.of(holder("n1"))));
  }

  @Test
  void closingEndsAWaitingLookAndWhatComesLaterIsNotAnswered() throws Exception {
    long index = see(one).index();
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(() -> one.observe(index, Duration.ofSeconds(60)));
    TimeUnit.MILLISECONDS.sleep(300); // closing before the look has begun would end it as well
    one.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(Observation.Unreachable.class);
    assertThat(one.open(true)).isInstanceOf(Opening.Unreachable.class);
    assertThat(one.observe(0, WAIT)).isInstanceOf(Observation.Unreachable.class);
  }

  /** A new session. */
  protected static String session(LeaderLock lock) {
    Opening opening = lock.open(true);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).session();
  }

  /** The lock is free, and is this session's now. */
  protected static Acquisition.Acquired take(LeaderLock lock, String session, boolean live) {
    Acquisition acquisition = lock.acquire(session, live);
    assertThat(acquisition).isInstanceOf(Acquisition.Acquired.class);
    return (Acquisition.Acquired) acquisition;
  }

  /** What is there now. */
  protected static Observation.Seen see(LeaderLock lock) {
    Observation observation = lock.observe(0, WAIT);
    assertThat(observation).isInstanceOf(Observation.Seen.class);
    return (Observation.Seen) observation;
  }
}
