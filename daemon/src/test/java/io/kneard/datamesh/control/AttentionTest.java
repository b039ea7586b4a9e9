package io.kneard.datamesh.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final long BEGIN = Long.MAX_VALUE - 5;

  private static long after(long millis) {
    return BEGIN + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void afterAChangeTheDatabaseIsWatchedCloselyForAWhileAndThenHardlyAtAll() {
    Attention attention = new Attention(BEGIN);
    assertThat(attention.pause(after(0))).isEqualTo(Attention.CLOSE);
    assertThat(attention.pause(after(2_999))).isEqualTo(Attention.CLOSE);
    assertThat(attention.pause(after(3_000))).isEqualTo(Attention.REST);
    attention.news(after(60_000));
    assertThat(attention.pause(after(60_001))).isEqualTo(Attention.CLOSE);
    assertThat(attention.awake(after(63_000))).isFalse();
  }

  @Test
  void othersAreToldOfTheFirstOfManyChangesAndThisHostOfEach() {
    AtomicInteger others = new AtomicInteger();
    AtomicInteger here = new AtomicInteger();
    AtomicLong now = new AtomicLong(BEGIN);
    Herald herald = new Herald(others::incrementAndGet, now::get);
    herald.tells(here::incrementAndGet);
    for (int i = 0; i < 20; i++) {
      herald.changed();
    }
    assertThat(here).hasValue(20);
    assertThat(others).hasValue(1);
    now.set(after(1_000));
    herald.changed();
    assertThat(others).hasValue(2);
    herald.heard();
    assertThat(here).hasValue(22);
    assertThat(others).hasValue(2);
  }
}
