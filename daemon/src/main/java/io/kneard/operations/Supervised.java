package io.kneard.operations;

import io.kneard.supervisor.Event;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The supervisor, as operations see it. */
public interface Supervised {
  /** What it knows now. */
  Supervision current();

  /** Hands it a fact or a wish. */
  void tell(Event event);

  /**
   * Waits until what it knows fulfils the condition.
   *
   * @return what it knew then; empty if that did not come to pass in time
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Supervision> await(Predicate<Supervision> condition, Duration patience)
      throws InterruptedException;

  /** neard's process id. */
  Optional<Long> neardPid();

  /** Nanoseconds on the supervisor's clock. */
  long now();
}
