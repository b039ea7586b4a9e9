package io.kneard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Holder;
import io.kneard.lock.consul.ConsulLock;
import io.kneard.lock.consul.ConsulOptions;
import io.kneard.testbed.ConsulServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated lock on the model of Consul answers as the one that ships on a real Consul. */
class ConsulModelIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static ConsulServer consul;

  @BeforeAll
  static void startConsul() throws Exception {
    consul = ConsulServer.start(folder);
  }

  @AfterAll
  static void stopConsul() {
    consul.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothAnswerAlike(long seed) throws Exception {
    assertThat(play(seed, Config.REFERENCE).seen())
        .as("the lock was taken again")
        .anyMatch(seen -> seen.epoch() > 2);
  }

  /** All calls come before the delay is over. */
  @ParameterizedTest
  @ValueSource(longs = {18, 23, 31, 34})
  void bothKeepTheLockClosedAfterItsSessionEnded(long seed) throws Exception {
    SameCalls calls = play(seed, Config.NODE_CHECK);
    assertThat(calls.refused()).isPositive();
    assertThat(calls.lost()).as("renewals of sessions that had ended").isPositive();
  }

  private static SameCalls play(long seed, Config config) throws Exception {
    World world = new World(new Schedule(seed, config, List.of()), Measures.all(), null);
    SameCalls calls = new SameCalls();
    try (ConsulLock one = real("n1", config, seed);
        ConsulLock two = real("n2", config, seed)) {
      calls.make(
          seed,
          one,
          two,
          new SimulatedLock(world, world.hosts[0]),
          new SimulatedLock(world, world.hosts[1]));
    }
    return calls;
  }

  private static ConsulLock real(String node, Config config, long seed) throws IOException {
    return new ConsulLock(
        new ConsulOptions(
            List.of(consul.url()),
            Optional.empty(),
            Optional.empty(),
            "simulated-%s-%d".formatted(config.title(), seed),
            new Holder(node, node),
            config.timing(),
            TIMEOUT));
  }
}
