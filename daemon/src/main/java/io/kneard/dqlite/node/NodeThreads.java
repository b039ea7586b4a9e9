package io.kneard.dqlite.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The node's threads: named, and no reason for the process to go on. */
final class NodeThreads {
  /** After a failure that would come back at once. */
  static final Duration SHORT_REST = Duration.ofMillis(200);

  private NodeThreads() {}

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A pause; an interruption ends it and is kept. */
  static void rest(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
