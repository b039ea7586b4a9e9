package io.kneard.daemon;

import io.kneard.neard.Uptime;
import io.kneard.supervisor.SupervisorLoop;

/** The clock of the host this daemon runs on. */
record HostClock() implements SupervisorLoop.Clock {
  @Override
  public long nanos() {
    return Uptime.nanos();
  }

  @Override
  public long stoodStill() {
    return Uptime.stoodStill();
  }
}
