package io.kneard.daemon;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives back what Java's heap has grown by. The collector does that with a full collection only,
 * and a daemon at rest comes to the next one after hours.
 */
final class SpareHeap implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final LongSupplier committed;
  private final Runnable collect;
  private final Thread thread = Threads.daemon(this::run, "spare heap");
  private long kept;

  /**
   * @param committed the size of the heap, in bytes
   * @param collect a full collection, after which the heap is as small as it may be
   */
  SpareHeap(LongSupplier committed, Runnable collect) {
    this.committed = committed;
    this.collect = collect;
  }

  /** That of this process, from now on until it is closed. */
  static SpareHeap watch() {
    SpareHeap heap = new SpareHeap(Runtime.getRuntime()::totalMemory, System::gc);
    heap.thread.start();
    return heap;
  }

  private void run() {
    Threads.rest(EVERY);
    while (!Thread.currentThread().isInterrupted()) {
      look();
      Threads.rest(EVERY);
    }
  }

  /** Collects if the heap is larger than it was after the last time, or for the first time. */
  void look() {
    if (committed.getAsLong() > kept) {
      collect.run();
      kept = committed.getAsLong();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
