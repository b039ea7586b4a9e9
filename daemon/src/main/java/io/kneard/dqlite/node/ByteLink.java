package io.kneard.dqlite.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a connection, whatever it is made of. One thread reads while another writes; {@link
 * #shutdown} may come from a third and ends both waits. {@link #close} is called once, when neither
 * is left.
 */
interface ByteLink extends Closeable {
  /** Reads what is there, at least one byte; -1 at the end. The buffer is direct. */
  int read(ByteBuffer into) throws IOException;

  /** Writes everything. The buffer is direct. */
  void write(ByteBuffer from) throws IOException;

  /**
   * Whether the other end is gone without a word, as far as this link can tell.
   *
   * @param now of the clock of {@code System.nanoTime}
   */
  default boolean isToNobody(long now) {
    return false;
  }

  /** Ends both directions and wakes whoever waits in them. */
  void shutdown();
}
