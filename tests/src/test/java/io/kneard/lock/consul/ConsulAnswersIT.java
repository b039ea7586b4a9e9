package io.kneard.lock.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.CannedServer;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.FreePort;
import io.kneard.testbed.TcpRelay;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that say nothing about the lock, and none at all. */
class ConsulAnswersIT {
  private static final String SESSION = "0b8cd5a5-0f5a-44c6-a0b5-04c2a4b0f8ad";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "429, too many requests",
    "500, No cluster leader",
    "500, rpc error making call: EOF",
    "502, <html>bad gateway</html>",
    "503, ''",
    "301, ''",
    "404, <html>no such page</html>",
    "404, ''",
    "409, {\"Errors\":[{\"OpIndex\":0;\"What\":\"Permission denied\"}]}"
  })
  void anAnswerThatIsNotAboutTheLockIsNone(int status, String body) throws Exception {
    try (CannedServer server = new CannedServer(status, body.replace(';', ','));
        ConsulLock lock = Locks.at(server.url())) {
      assertThat(lock.open(true)).isInstanceOf(Opening.Unreachable.class);
      assertThat(lock.renew(SESSION)).isInstanceOf(Renewal.Unreachable.class);
      assertThat(lock.acquire(SESSION, true)).isInstanceOf(Acquisition.Unreachable.class);
      assertThat(lock.renew(SESSION)).isInstanceOf(Renewal.Unreachable.class);
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
      assertThat(lock.observe(7, Duration.ofSeconds(1)))
          .isInstanceOf(Observation.Unreachable.class);
      assertThat(lock.release(SESSION, Optional.empty())).isInstanceOf(Ending.Unreachable.class);
      assertThat(lock.destroy(SESSION)).isInstanceOf(Ending.Unreachable.class);
      assertThat(lock.candidates()).isInstanceOf(Candidates.Unreachable.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"<html>please log in</html>", "''", "[]", "{}", "null", "[{}]"})
  void aSuccessThatConsulDidNotWriteIsNoRenewalAndNoLook(String body) throws Exception {
    try (CannedServer server = new CannedServer(200, body);
        ConsulLock lock = Locks.at(server.url())) {
      assertThat(lock.open(true)).isNotInstanceOf(Opening.Opened.class);
      assertThat(lock.renew(SESSION)).isInstanceOf(Renewal.Unreachable.class);
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
      assertThat(lock.acquire(SESSION, true)).isNotInstanceOf(Acquisition.Acquired.class);
    }
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + FreePort.next());
    try (ConsulLock lock = Locks.at(nobody)) {
      assertThat(lock.open(true)).isInstanceOf(Opening.Unreachable.class);
      assertThat(lock.renew(SESSION))
          .isInstanceOfSatisfying(
              Renewal.Unreachable.class, is -> assertThat(is.why()).contains(nobody.toString()));
    }
  }

  @Test
  void whatIsAcceptedAndNotAnsweredEndsInTime() throws Exception {
    try (ConsulServer consul = ConsulServer.start(folder);
        TcpRelay relay = new TcpRelay(consul.url().getPort());
        ConsulLock lock = Locks.at(URI.create("http://127.0.0.1:" + relay.port()))) {
      String session = Locks.session(lock);
      relay.cut();
      assertThat(within(() -> lock.renew(session))).isInstanceOf(Renewal.Unreachable.class);
      assertThat(within(() -> lock.observe(0, Duration.ZERO)))
          .isInstanceOf(Observation.Unreachable.class);
      assertThat(within(() -> lock.acquire(session, true)))
          .isInstanceOf(Acquisition.Unreachable.class);
      assertThat(within(() -> lock.open(true))).isInstanceOf(Opening.Unreachable.class);
      relay.heal();
      assertThat(lock.renew(session)).isEqualTo(new Renewal.Renewed());
    }
  }

  private static <T> T within(Supplier<T> call) {
    long begun = System.nanoTime();
    T outcome = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(Locks.TIMEOUT.plusSeconds(2));
    return outcome;
  }
}
