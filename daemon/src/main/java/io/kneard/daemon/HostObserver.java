package io.kneard.daemon;

import io.kneard.lock.Renewal;
import io.kneard.supervisor.SupervisorLoop;
import java.time.Duration;

/** Sees what one host does. Called from several threads; never blocks. */
public interface HostObserver extends SupervisorLoop.Witness {
  /** A renewal of the session ended. */
  default void renewed(Renewal outcome, Duration latency) {}

  /** The fence decided to send SIGKILL. */
  default void fenceKilled(String why) {}
}
