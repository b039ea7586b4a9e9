package io.kneard.drbd;

import java.util.Optional;
import java.util.function.Consumer;

/** Where the kernel's events come from. */
public interface Events {
  /** Somebody who is told; to be closed by who began it. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins to tell.
   *
   * @param news is told the resource something has happened to; empty: to any
   */
  Listening tell(Consumer<Optional<String>> news);

  /** The events of this host's kernel, as {@code drbdsetup} tells them. */
  static Events ofKernel() {
    return news -> {
      EventListener listener = new EventListener(news);
      listener.start();
      return listener;
    };
  }
}
