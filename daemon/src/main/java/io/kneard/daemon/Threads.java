package io.kneard.daemon;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The daemon's threads: named, few, with small bounded queues. */
final class Threads {
  /** Far more orders than the supervisor ever has under way; more is a mistake, and is thrown. */
  private static final int QUEUE = 64;

  private Threads() {}

  /** One thread that does one thing after the other. */
  static ThreadPoolExecutor one(String name) {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> daemon(task, name));
  }

  /** A thread that does not keep the program alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A short pause; an interruption is kept. */
  static void rest(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
