package io.kneard.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final Chain chain = new Chain("c", 5_000, 100, 60, 1000, "pool", 3, Path.of("l"));

  @Test
  void theHeightFollowsTheClock() {
    assertThat(chain.heightAt(5_099)).isEqualTo(1000);
    assertThat(chain.heightAt(5_100)).isEqualTo(1001);
    assertThat(chain.timeOf(1001)).isEqualTo(5_100);
  }

  @Test
  void windowsHaveNoDutyAndEndWithTheEpoch() {
    for (long from = 1000; from < 1300; from++) {
      long end = chain.epochStart(from) + 60;
      for (Chain.Window w : chain.windows("pool", from)) {
        assertThat(w.start()).isBetween(from, w.end() - 1);
        assertThat(w.end()).isLessThanOrEqualTo(end);
        for (long h = w.start(); h < w.end(); h++) {
          assertThat(chain.produces(h)).isFalse();
        }
      }
    }
  }

  @Test
  void everyEpochHasAWindowOfAQuarterOfItsLength() {
    assertThat(chain.windows("pool", 1000)).anyMatch(w -> w.end() - w.start() >= 15);
  }

  @Test
  void whoIsNoValidatorHasOneWindowToTheEndOfTheEpoch() {
    assertThat(chain.windows("other", 1010)).containsExactly(new Chain.Window(1010, 1060));
  }
}
