package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificatesTest {
  private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

  private static final Instant ENDS =
      Certificates.make("a", NOW).certificate().getNotAfter().toInstant();

  @Test
  void aCertificateThatEndsSoonIsAWarningThatSaysWhatToDo() {
    assertThat(Certificates.warning(ENDS, NOW)).isEmpty();
    assertThat(Certificates.warning(ENDS, ENDS.minus(Duration.ofDays(31)))).isEmpty();
    assertThat(Certificates.warning(ENDS, ENDS.minus(Duration.ofDays(29))))
        .contains("this member's certificate ends 2040-05-29T12:00:00Z: 'kneardctl cluster renew'");
    assertThat(Certificates.warning(ENDS, ENDS.plusSeconds(1)))
        .hasValueSatisfying(said -> assertThat(said).contains("has ended"));
  }
}
