package io.kneard.dqlite.node;

import java.util.concurrent.TimeUnit;

/** The node's threads: named, and no reason for the process to go on. */
final class NodeThreads {
  private static final long REST_MILLIS = 200;

  private NodeThreads() {}

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A pause after a failure that would come back at once. */
  static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
