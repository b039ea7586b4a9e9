package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpareHeapTest {
  private final AtomicLong size = new AtomicLong(20);
  private final AtomicInteger collections = new AtomicInteger();

  private final SpareHeap heap =
      new SpareHeap(
          size::get,
          () -> {
            collections.incrementAndGet();
            size.set(Math.min(size.get(), 12));
          });

  @Test
  void whatTheStartNeededIsGivenBackOnce() {
    heap.look();
    heap.look();
    assertThat(size).hasValue(12);
    assertThat(collections).hasValue(1);
  }

  @Test
  void whatItGrowsByLaterIsGivenBackToo() {
    heap.look();
    size.set(18);
    heap.look();
    assertThat(size).hasValue(12);
  }

  @Test
  void aHeapThatHasNotGrownIsLeftAlone() {
    heap.look();
    size.set(11);
    heap.look();
    heap.look();
    assertThat(collections).hasValue(1);
  }
}
