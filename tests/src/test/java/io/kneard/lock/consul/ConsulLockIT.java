package io.kneard.lock.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Every outcome of every call, against a real Consul. */
class ConsulLockIT {
  private static final Duration WAIT = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static ConsulServer consul;

  private String account;
  private ConsulLock one;
  private ConsulLock two;

  @BeforeAll
  static void startConsul() throws Exception {
    consul = ConsulServer.start(folder);
  }

  @AfterAll
  static void stopConsul() {
    consul.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    account = test.getTestMethod().orElseThrow().getName();
    one = lock("n1", consul.url());
    two = lock("n2", consul.url());
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void onlyOneOfTwoGetsTheLockAndTheOtherSeesWhoHasIt() {
    String mine = session(one);
    assertThat(one.acquire(mine, false)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(two.acquire(session(two), false)).isEqualTo(new Acquisition.Taken());
    Observation.Seen seen = see(two, 0);
    assertThat(seen.session()).contains(mine);
    assertThat(seen.holder()).contains(new Holder("host of n1", "n1"));
    assertThat(seen.live()).isFalse();
    assertThat(one.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(see(two, 0).live()).isTrue();
  }

  @Test
  void anOrderlyReleaseWakesTheWatcherAndCarriesTheWish() throws Exception {
    String mine = session(one);
    one.acquire(mine, true);
    long index = see(two, 0).index();
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(() -> two.observe(index, WAIT));
    Optional<Handover> wish = Optional.of(new Handover("n2", Duration.ofSeconds(10)));
    assertThat(one.release(mine, wish)).isEqualTo(new Ending.Done());
    Observation.Seen seen = (Observation.Seen) waiting.get(5, TimeUnit.SECONDS);
    assertThat(seen.session()).isEmpty();
    assertThat(seen.released()).isTrue();
    assertThat(seen.handover()).isEqualTo(wish);
    Acquisition.Acquired won = (Acquisition.Acquired) two.acquire(session(two), false);
    assertThat(won.epoch()).isEqualTo(seen.epoch() + 1);
    assertThat(won.index()).isGreaterThan(seen.index());
  }

  @Test
  void aSessionDestroyedByHandFreesTheLockWithoutTheMarkOfARelease() {
    String mine = session(one);
    one.acquire(mine, true);
    assertThat(two.destroy(mine)).isEqualTo(new Ending.Done());
    Observation.Seen seen = see(two, 0);
    assertThat(seen.session()).isEmpty();
    assertThat(seen.released()).isFalse();
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Gone());
    assertThat(one.acquire(mine, true)).isEqualTo(new Acquisition.SessionGone());
    assertThat(one.release(mine, Optional.empty())).isEqualTo(new Ending.Done());
  }

  @Test
  void aKeyDeletedOrOverwrittenByHandIsSeenForWhatItIs() throws Exception {
    String mine = session(one);
    one.acquire(mine, true);
    consul.request("PUT", "/v1/kv/kneard-leader/" + account, "{\"NodeId\": 5, garbage");
    Observation.Seen garbage = see(two, 0);
    assertThat(garbage.session()).contains(mine);
    assertThat(garbage.holder()).isEmpty();
    consul.request("DELETE", "/v1/kv/kneard-leader/" + account, "");
    Observation.Seen nothing = see(two, 0);
    assertThat(nothing.session()).isEmpty();
    assertThat(nothing.released()).isFalse();
    assertThat(nothing.index()).isPositive();
  }

  @Test
  void hostsWithASessionAreCandidates() {
    session(one);
    session(two);
    assertThat(two.open(false)).isInstanceOf(Opening.Opened.class); // of a host that is paused
    assertThat(one.candidates())
        .isInstanceOfSatisfying(
            Candidates.Found.class,
            found ->
                assertThat(found.hosts())
                    .containsExactlyInAnyOrder(
                        new Holder("host of n1", "n1"), new Holder("host of n2", "n2")));
  }

  @Test
  void aDeadAgentIsPassedOver() {
    try (ConsulLock lock =
        lock("n3", URI.create("http://127.0.0.1:" + FreePort.next()), consul.url())) {
      assertThat(lock.open(true)).isInstanceOf(Opening.Unreachable.class);
      String mine = session(lock);
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
    }
  }

  @Test
  void closingEndsAWaitingLook() throws Exception {
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(
            () -> one.observe(see(one, 0).index(), Duration.ofSeconds(60)));
    TimeUnit.MILLISECONDS.sleep(300); // closing before the look has begun would end it as well
    one.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(Observation.Unreachable.class);
  }

  private ConsulLock lock(String node, URI... urls) {
    LockTiming timing =
        new LockTiming(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ZERO,
            false);
    return new ConsulLock(
        new ConsulOptions(
            List.of(urls),
            Optional.empty(),
            account,
            new Holder("host of " + node, node),
            timing,
            Duration.ofSeconds(5)));
  }

  private static String session(ConsulLock lock) {
    Opening opening = lock.open(true);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).session();
  }

  private static Observation.Seen see(ConsulLock lock, long index) {
    Observation observation = lock.observe(index, WAIT);
    assertThat(observation).isInstanceOf(Observation.Seen.class);
    return (Observation.Seen) observation;
  }
}
