package io.kneard.daemon;

import io.kneard.control.StateChanges;
import io.kneard.ctl.api.StateChange;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.SupervisorLoop;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every change of state to the log and tells the subscribers. */
final class StateLog implements SupervisorLoop.Witness {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  private final StateChanges changes = new StateChanges();
  private long sequence;

  @Override
  public void decided(Supervision before, Supervision after, long now) {
    if (before.state() == after.state()) {
      return;
    }
    String from = before.state().title();
    String to = after.state().title();
    LOG.info("{} -> {}: {}", from, to, after.why());
    changes.publish(new StateChange(++sequence, Instant.now(), from, to, after.why()));
  }

  StateChanges changes() {
    return changes;
  }
}
