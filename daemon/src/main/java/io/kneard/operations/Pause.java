package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.io.IOException;
import java.time.Duration;

/** Holds promotions and planned demotions back; kept over a restart of the daemon. */
final class Pause {
  private static final Duration TAKES = Duration.ofSeconds(3);

  private final Supervised host;
  private final PauseFile file;

  Pause(Supervised host, PauseFile file) {
    this.host = host;
    this.file = file;
  }

  /** Answers once the supervisor goes by it. */
  synchronized void set(boolean paused) throws Refusal {
    try {
      file.write(paused); // first: what the operator was told has to outlive a crash
    } catch (IOException e) {
      throw Refusal.refused("the pause could not be kept, nothing was changed: " + e);
    }
    host.tell(new Event.PauseRequested(paused));
    try {
      if (host.await(s -> s.paused() == paused && settled(s), TAKES).isEmpty()
          && host.current().paused() != paused) {
        throw Refusal.busy(
            "the supervisor has not answered within %d s".formatted(TAKES.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy("the daemon is stopping; the pause is kept for its next start");
    }
  }

  /** In Voting a pause needs a new session, which takes a moment; the answer shows what follows. */
  private static boolean settled(Supervision s) {
    return s.state() != State.REGISTERING;
  }
}
