package io.kneard.dqlite.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerSilenceTest {
  private final PeerSilence peer = new PeerSilence();

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void aPeerThatIsSentToAndNeverHeardIsGoneAfterAWhile() {
    peer.sent(at(100));
    peer.sent(at(114));
    assertThat(peer.isGone(at(114), at(115))).isFalse();
    assertThat(peer.isGone(at(114), at(116))).isTrue();
  }

  @Test
  void aPeerThatWasHeardOnAnyConnectionIsThere() {
    peer.sent(at(100));
    peer.heard();
    assertThat(peer.isGone(at(100), at(116))).isFalse();
    peer.sent(at(110));
    assertThat(peer.isGone(at(115), at(116))).isFalse();
  }

  @Test
  void aConnectionThatWaitsForALongAnswerIsNotGivenUp() {
    peer.sent(at(100));
    assertThat(peer.isGone(at(100), at(160))).isFalse();
  }
}
