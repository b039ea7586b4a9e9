package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.metrics.Duties;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeardDutiesTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration OFTEN = Duration.ofMillis(5);
  private static final String TEXT =
      """
      # TYPE near_validators_blocks_produced gauge
      near_validators_blocks_produced{account_id="other.near"} 1
      near_validators_blocks_produced{account_id="pool.near"} 9
      near_validators_blocks_expected{account_id="pool.near"} 10
      """;

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean inSync = true;
  private volatile NeardDuties.Request neard = () -> TEXT;
  private final NeardDuties duties =
      new NeardDuties("pool.near", this::worthAsking, this::request, OFTEN);

  @AfterEach
  void stop() {
    duties.close();
  }

  @Test
  void theNumbersAreThoseOfTheValidatorsOwnAccount() {
    await().atMost(SOON).until(() -> duties.latest().isPresent());
    Duties found = duties.latest().orElseThrow();
    assertThat(found.blocks())
        .isEqualTo(new Duties.Share(OptionalDouble.of(9), OptionalDouble.of(10)));
    assertThat(found.chunks().expected()).isEmpty();
  }

  @Test
  void whatIsNotAnsweredIsForgottenAndAskedAgain() {
    await().atMost(SOON).until(() -> duties.latest().isPresent());
    neard =
        () -> {
          throw new IOException("no answer within 2 s");
        };
    await().atMost(SOON).until(() -> duties.latest().isEmpty());
    neard =
        () -> {
          throw new IllegalStateException("a mistake");
        };
    int before = requests.get();
    await().atMost(SOON).until(() -> requests.get() > before + 2);
    assertThat(duties.latest()).isEqualTo(Optional.empty());
    neard = () -> TEXT;
    await().atMost(SOON).until(() -> duties.latest().isPresent());
  }

  @Test
  void aNeardThatIsNotInSyncIsNotAsked() {
    await().atMost(SOON).until(() -> duties.latest().isPresent());
    inSync = false;
    await().atMost(SOON).until(() -> duties.latest().isEmpty());
    int asked = requests.get();
    int looked = looks.get();
    await().atMost(SOON).until(() -> looks.get() > looked);
    assertThat(requests).hasValue(asked);
  }

  @Test
  void afterItsEndNothingIsAsked() {
    await().atMost(SOON).until(() -> requests.get() > 0);
    duties.close();
    await()
        .atMost(SOON)
        .until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::asks));
  }

  private boolean asks(Thread thread) {
    return thread.getName().equals("neard-duties");
  }

  private boolean worthAsking() {
    looks.incrementAndGet();
    return inSync;
  }

  private String request() throws IOException {
    requests.incrementAndGet();
    return neard.text();
  }
}
