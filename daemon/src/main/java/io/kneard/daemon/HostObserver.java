package io.kneard.daemon;

import io.kneard.lock.Renewal;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.SupervisorLoop;
import java.time.Duration;

/** Sees what one host does. Called from several threads; never blocks. */
public interface HostObserver extends SupervisorLoop.Witness {
  /** A renewal of the session ended. */
  default void renewed(Renewal outcome, Duration latency) {}

  /** The fence decided to send SIGKILL. */
  default void fenceKilled(String why) {}

  /** This one, and after it another one that sees the decisions. */
  default HostObserver and(SupervisorLoop.Witness other) {
    HostObserver first = this;
    return new HostObserver() {
      @Override
      public void decided(Supervision before, Supervision after, long now) {
        first.decided(before, after, now);
        other.decided(before, after, now);
      }

      @Override
      public void renewed(Renewal outcome, Duration latency) {
        first.renewed(outcome, latency);
      }

      @Override
      public void fenceKilled(String why) {
        first.fenceKilled(why);
      }
    };
  }
}
