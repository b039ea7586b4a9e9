package io.kneard.lock.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.ConsulServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Consul that stops, freezes and comes back. */
class ConsulFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void aConsulThatIsFrozenOrDownIsUnreachableAndTheSessionSurvives() throws Exception {
    try (ConsulServer consul = ConsulServer.start(folder);
        ConsulLock lock = lock(consul)) {
      String session = ((Opening.Opened) lock.open(true)).session();
      consul.freeze();
      long begun = System.nanoTime();
      assertThat(lock.renew(session)).isInstanceOf(Renewal.Unreachable.class);
      assertThat(lock.observe(0, TIMEOUT)).isInstanceOf(Observation.Unreachable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      consul.thaw();
      assertThat(lock.renew(session)).isEqualTo(new Renewal.Renewed());
      consul.kill();
      assertThat(lock.renew(session)).isInstanceOf(Renewal.Unreachable.class);
      assertThat(lock.open(true)).isInstanceOf(Opening.Unreachable.class);
      consul.start();
      assertThat(lock.renew(session)).isEqualTo(new Renewal.Renewed());
    }
  }

  private static ConsulLock lock(ConsulServer consul) throws Exception {
    return new ConsulLock(
        new ConsulOptions(
            List.of(consul.url()),
            Optional.empty(),
            Optional.empty(),
            "pool",
            new Holder("host", "n1"),
            LockTiming.REFERENCE,
            TIMEOUT));
  }
}
