package io.kneard.http;

import java.io.IOException;
import java.util.Optional;

/** Where connections come in. */
public interface Door extends AutoCloseable {
  /**
   * Waits for the next connection; only one thread does.
   *
   * @return empty once the door is closed
   * @throws IOException if this one connection failed; the next may succeed
   */
  Optional<Visitor> accept() throws IOException;

  /** Lets nobody in any more and ends a waiting {@link #accept}; from any thread, repeatable. */
  @Override
  void close();
}
