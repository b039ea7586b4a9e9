package io.kneard.lock.consul;

import static io.kneard.lock.consul.Locks.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.CannedServer;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers, of which some die, hang or are gone. */
class SeveralConsulsIT {
  private static final Duration HOLDS = LockTiming.FAST.stopAfter();

  @TempDir Path folder;
  private List<ConsulServer> servers;
  private ConsulLock lock;
  private String mine;

  @BeforeEach
  void holdTheLock() throws Exception {
    servers = ConsulServer.startThree(folder);
    lock = Locks.at(servers.stream().map(ConsulServer::url).toArray(URI[]::new));
    mine = session(lock);
    assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
  }

  @AfterEach
  void stop() {
    lock.close();
    servers.forEach(ConsulServer::close);
  }

  @Test
  void whenTheLeaderIsKilledRenewalsGoOnLongBeforeTheHolderHadToStop() throws Exception {
    leader().kill();
    assertThat(untilRenewed()).isLessThan(HOLDS);
    Observation.Seen seen = (Observation.Seen) lock.observe(0, Duration.ZERO);
    assertThat(seen.session()).contains(mine);
  }

  @Test
  void aServerThatHangsIsLeftForAnotherWithinOneCall() throws Exception {
    ConsulServer asked = servers.get(0);
    if (asked.leads()) { // the others would first have to find a new leader
      servers.get(1).kill();
      assertThat(untilRenewed()).isLessThan(HOLDS);
      servers.get(1).start();
      return;
    }
    asked.freeze();
    long begun = System.nanoTime();
    assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
    assertThat(since(begun)).isLessThan(Locks.TIMEOUT);
    begun = System.nanoTime();
    assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
    assertThat(since(begun)).as("the one that answered is asked first").isLessThan(share());
    asked.thaw();
  }

  @Test
  void aLookThatWaitsAtAServerThatHangsEndsWhenARenewalLeavesIt() throws Exception {
    long index = ((Observation.Seen) lock.observe(0, Duration.ZERO)).index();
    CompletableFuture<Observation> waiting =
        CompletableFuture.supplyAsync(() -> lock.observe(index, Duration.ofSeconds(60)));
    TimeUnit.MILLISECONDS.sleep(300);
    servers.get(0).freeze();
    lock.renew(mine);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
    servers.get(0).thaw();
  }

  @Test
  void withAllOfThemGoneTheLockIsUnreachableAndNotLostAndACallTakesNoLonger() throws Exception {
    servers.forEach(ConsulServer::freeze);
    long begun = System.nanoTime();
    assertThat(lock.renew(mine)).isInstanceOf(Renewal.Unreachable.class);
    assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
    assertThat(since(begun)).isLessThan(Locks.TIMEOUT.multipliedBy(2).plusSeconds(2));
    for (ConsulServer each : servers) {
      each.thaw();
      each.kill();
    }
    assertThat(lock.renew(mine))
        .isInstanceOfSatisfying(
            Renewal.Unreachable.class,
            is ->
                assertThat(is.why())
                    .contains(servers.stream().map(s -> s.url().toString()).toList()));
    assertThat(lock.open(true)).isInstanceOf(Opening.Unreachable.class);
  }

  @Test
  void anAgentThatIsNotThereIsPassedOverAlsoForANewSession() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + FreePort.next());
    try (ConsulLock other = Locks.at(nobody, servers.get(1).url())) {
      assertThat(other.renew(session(other))).isEqualTo(new Renewal.Renewed());
    }
  }

  @Test
  void aSessionThatMayHaveBeenMadeIsNotAskedForAgainElsewhere() throws Exception {
    try (CannedServer broken = new CannedServer(500, "rpc error making call: EOF");
        ConsulLock other = Locks.at(broken.url(), servers.get(1).url())) {
      assertThat(other.open(true)).isInstanceOf(Opening.Unreachable.class);
      assertThat(other.open(true)).isInstanceOf(Opening.Opened.class);
    }
  }

  private ConsulServer leader() throws Exception {
    for (ConsulServer each : servers) {
      if (each.leads()) {
        return each;
      }
    }
    throw new IllegalStateException("nobody leads");
  }

  /** How long the lease was not renewed, as the supervisor would have tried. */
  private Duration untilRenewed() throws InterruptedException {
    long begun = System.nanoTime();
    while (!(lock.renew(mine) instanceof Renewal.Renewed)) {
      assertThat(since(begun)).isLessThan(Duration.ofSeconds(30));
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return since(begun);
  }

  private static Duration share() {
    return Locks.TIMEOUT.dividedBy(3);
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
