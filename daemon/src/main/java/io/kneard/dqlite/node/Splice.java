package io.kneard.dqlite.node;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Two links made into one connection: what comes in at one goes out at the other, until either
 * ends.
 */
final class Splice {
  /** Bytes under way in each direction. */
  static final int BUFFER = 8192;

  private final ByteLink one;
  private final ByteLink other;
  private final Runnable ended;
  private int running = 2;

  /**
   * @param ended called once, from a thread of the splice, when both links are closed
   */
  Splice(ByteLink one, ByteLink other, Runnable ended) {
    this.one = one;
    this.other = other;
    this.ended = ended;
  }

  /** Starts both directions; from here on the links are the splice's. */
  void start(String name) {
    start(name + ">", () -> pump(one, other));
    start(name + "<", () -> pump(other, one));
  }

  /** Whether one of its ends is gone without a word. */
  boolean isToNobody(long now) {
    return one.isToNobody(now) || other.isToNobody(now);
  }

  /** Ends the connection soon. */
  synchronized void end() {
    if (running > 0) {
      one.shutdown();
      other.shutdown();
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(ByteLink from, ByteLink to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        to.write(buffer.flip());
        buffer.clear();
      }
    } catch (IOException e) {
      // A connection that breaks is one that ends; both of its ends will know what it means.
    } finally {
      end();
      if (lastOneOut()) {
        ended.run();
      }
    }
  }

  /** A descriptor must not be closed, and its number be given out anew, while it is in use. */
  private synchronized boolean lastOneOut() {
    running--;
    if (running > 0) {
      return false;
    }
    close(one);
    close(other);
    return true;
  }

  private static void close(ByteLink link) {
    try {
      link.close();
    } catch (IOException e) {
      // Nothing is left to do with it.
    }
  }
}
