package io.kneard.simulation;

import java.util.ArrayDeque;

/** A thread of the daemon that does one job after the other; a job says when it is done. */
final class Worker {
  private final Actor process;
  private final ArrayDeque<Runnable> jobs = new ArrayDeque<>(4);
  private boolean busy;

  Worker(Actor process) {
    this.process = process;
  }

  void execute(Runnable job) {
    jobs.add(job);
    next();
  }

  void done() {
    busy = false;
    next();
  }

  private void next() {
    if (busy || jobs.isEmpty()) {
      return;
    }
    busy = true;
    if (process.host.has(FaultKind.SLUGGISH)) {
      process.later(process.host.latency(), jobs.poll());
    } else {
      jobs.poll().run();
    }
  }
}
