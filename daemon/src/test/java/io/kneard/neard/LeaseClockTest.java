package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final LeaseClock clock = new LeaseClock();
  private long uptime = 1_000 * SECOND;
  private long wall = 1_700_000_000_000L;

  @Test
  void itIsTheUptimeAsLongAsBothClocksRun() {
    long begin = now();
    pass(SECOND);
    assertThat(now() - begin).isEqualTo(SECOND);
  }

  @Test
  void aHostThatStoodStillWithItsUptimeIsAsOldAsItsWallClockSays() {
    long begin = now();
    wall += 20_000;
    assertThat(now() - begin).isEqualTo(20 * SECOND);
    pass(SECOND);
    assertThat(now() - begin).isEqualTo(21 * SECOND);
  }

  @Test
  void aDeadlineFromBeforeTheStandstillComesEarlierForTheFence() {
    long deadline = now() + 8 * SECOND;
    long asWas = clock.toUptimeMillis(deadline);
    wall += 5_000;
    now();
    assertThat(clock.toUptimeMillis(deadline)).isEqualTo(asWas - 5_000);
    assertThat(clock.fromUptimeMillis(asWas - 5_000)).isEqualTo(deadline);
  }

  @Test
  void aWallClockThatIsSetBackChangesNothing() {
    long begin = now();
    wall -= 3_600_000;
    assertThat(now()).isEqualTo(begin);
    pass(SECOND);
    assertThat(now() - begin).isEqualTo(SECOND);
  }

  @Test
  void aPauseBetweenReadingTheTwoClocksIsNoStandstill() {
    long begin = now();
    LongSupplier slow =
        () -> {
          pass(10 * SECOND);
          return uptime;
        };
    assertThat(clock.now(slow, () -> wall) - begin).isEqualTo(20 * SECOND);
    pass(SECOND);
    assertThat(now() - begin).isEqualTo(21 * SECOND);
  }

  private long now() {
    return clock.now(() -> uptime, () -> wall);
  }

  private void pass(long nanos) {
    uptime += nanos;
    wall += nanos / MILLI;
  }
}
