package io.kneard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
  private static String line(long clock, String node, String kind) {
    return "clock=%d wall=1 node=%s pid=1 kind=%s height=1%n".formatted(clock, node, kind);
  }

  @Test
  void aGapIsFromTheLastOfOneSignerToTheFirstOfTheNext() {
    Gaps gaps =
        Gaps.of(
            line(1_000, "a", "sign-start")
                + line(2_000, "a", "sign")
                + line(3_000, "b", "start")
                + line(14_500, "b", "sign-start")
                + line(15_000, "b", "sign-stop")
                + line(15_200, "a", "sign-start"));
    assertThat(gaps.all())
        .containsExactly(new Gaps.Gap(2_000, 14_500), new Gaps.Gap(15_000, 15_200));
    assertThat(gaps.worstSeconds()).isEqualTo(12.5);
    assertThat(gaps.longerThan(10)).containsExactly(new Gaps.Gap(2_000, 14_500));
    assertThat(gaps.histogram())
        .contains("gaps up to   1 s: 1", "gaps up to  20 s: 1", "gaps above 60 s: 0");
  }

  @Test
  void whoeverTakesOverWhileAnotherStillSignsLeavesNoGap() {
    Gaps gaps = Gaps.of(line(1_000, "a", "sign-start") + line(1_000, "b", "sign-start"));
    assertThat(gaps.all()).isEmpty();
    assertThat(gaps.worstSeconds()).isZero();
  }
}
