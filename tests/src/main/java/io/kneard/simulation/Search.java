package io.kneard.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Plays many schedules, on every processor. */
final class Search {
  private final Focus focus;
  private final Measures measures;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong end = new AtomicLong();

  Search(Focus focus, Measures measures) {
    this.focus = focus;
    this.measures = measures;
  }

  /** Plays all of them. */
  Tally all(long seed, int schedules) throws InterruptedException {
    return play(seed, schedules, false);
  }

  /** Plays until one fails. The answer does not depend on the number of processors. */
  Tally untilOneFails(long seed, int schedules) throws InterruptedException {
    return play(seed, schedules, true);
  }

  private Tally play(long seed, int schedules, boolean untilOneFails) throws InterruptedException {
    next.set(seed);
    end.set(seed + schedules);
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Tally>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(pool.submit(() -> part(untilOneFails)));
      }
      Tally all = new Tally();
      for (Future<Tally> part : parts) {
        all.add(part.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Tally part(boolean untilOneFails) {
    Tally tally = new Tally();
    for (long seed = next.getAndIncrement(); seed < end.get(); seed = next.getAndIncrement()) {
      Schedule schedule = Schedule.of(seed, focus);
      Outcome outcome = World.play(schedule, measures, null);
      tally.add(schedule, outcome);
      if (untilOneFails && !outcome.clean()) {
        end.accumulateAndGet(seed, Math::min);
      }
    }
    return tally;
  }
}
