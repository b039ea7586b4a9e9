package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wall clock that jumps does to the few things that look at it. */
class ClockStepsTest {
  private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private static boolean due(Duration since) {
    return Heartbeats.isDue(Optional.of(NOW.minus(since)), NOW, INTERVAL);
  }

  @Test
  void aClockThatWasSetBackOrForwardDoesNotHoldUpTheHeartbeats() {
    assertThat(due(Duration.ofSeconds(3))).isFalse();
    assertThat(due(INTERVAL)).isTrue();
    assertThat(due(Duration.ofDays(365))).as("set forward").isTrue();
    assertThat(due(Duration.ofDays(-365))).as("set back").isTrue();
    assertThat(Heartbeats.isDue(Optional.empty(), NOW, INTERVAL)).as("never asked").isTrue();
  }

  @Test
  void aCertificateIsOfNoUseWhileTheClockIsOutsideItsYearsAndOfUseAgainThen() throws Exception {
    TrustStore store = new TrustStore(folder.resolve("trust"));
    var certificate = Certificates.make("a", NOW).certificate();
    store.replace(List.of(new TrustedMember("a", "h:1", Certificates.pem(certificate))));
    assertThat(store.owner(certificate, NOW.minus(Duration.ofDays(2)))).isEmpty();
    assertThat(store.owner(certificate, NOW.plus(Duration.ofDays(5000)))).isEmpty();
    assertThat(store.owner(certificate, NOW)).isPresent();
    assertThat(store.owner(certificate, NOW.minus(Duration.ofMinutes(30))))
        .as("clocks of hosts differ")
        .isPresent();
  }
}
