package io.kneard.lock.consul;

import static io.kneard.lock.consul.Locks.session;
import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.lock.Acquisition;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Renewal;
import io.kneard.testbed.ConsulServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a session when the agent is gone through which it was opened. */
class LeavingAgentsIT {
  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final LockTiming BOUND =
      new LockTiming(
          Duration.ofSeconds(60), Duration.ofSeconds(3), Duration.ofSeconds(2), DELAY, true);

  @TempDir Path folder;
  private ConsulServer server;
  private ConsulServer agent;

  @BeforeEach
  void start() throws Exception {
    server = ConsulServer.start(folder.resolve("server"));
    agent = server.startClient(folder.resolve("agent"), "agent");
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void anAgentThatLeavesTakesTheLockAlongAndItsLastSignStays() throws Exception {
    try (ConsulLock holder = Locks.at(agent.url());
        ConsulLock other = Locks.at(server.url())) {
      String mine = session(holder);
      holder.acquire(mine, true);
      holder.renew(mine);
      Observation.Seen before = look(other);
      agent.leave();
      await().atMost(SOON).until(() -> look(other).session().isEmpty());
      assertThat(look(other).released()).isFalse();
      assertThat(look(other).sign()).isEqualTo(before.sign()).isPresent();
      assertThat(holder.renew(mine))
          .as("it cannot be told")
          .isInstanceOf(Renewal.Unreachable.class);
    }
  }

  @Test
  void aSessionWithoutTheNodeCheckOutlivesAnAgentThatDies() throws Exception {
    try (ConsulLock holder = Locks.at(agent.url(), server.url())) {
      String mine = session(holder);
      agent.kill();
      awaitFailed();
      assertThat(holder.renew(mine)).isEqualTo(new Renewal.Renewed());
    }
  }

  @Test
  void withTheNodeCheckALockIsClosedForTheLockDelayAfterItsAgentDied() throws Exception {
    try (ConsulLock holder = Locks.at(BOUND, agent.url());
        ConsulLock other = Locks.at(BOUND, server.url())) {
      String mine = session(holder);
      holder.acquire(mine, true);
      String theirs = session(other);
      agent.kill();
      await().atMost(SOON).until(() -> look(other).session().isEmpty());
      long freed = System.nanoTime();
      assertThat(other.acquire(theirs, false)).isEqualTo(new Acquisition.Taken());
      await()
          .atMost(SOON)
          .until(() -> other.acquire(theirs, false) instanceof Acquisition.Acquired);
      assertThat(Duration.ofNanos(System.nanoTime() - freed)).isGreaterThan(BOUND.quietAfter());
    }
  }

  private void awaitFailed() {
    await()
        .atMost(SOON)
        .until(
            () ->
                server
                    .request("GET", "/v1/health/node/agent", "")
                    .replace(" ", "")
                    .contains("\"Status\":\"critical\""));
  }

  private static Observation.Seen look(ConsulLock lock) {
    return (Observation.Seen) lock.observe(0, Duration.ZERO);
  }
}
