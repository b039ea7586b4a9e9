package io.kneard.simulation;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Sign;
import io.kneard.simulation.ConsulModel.Value;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code lock.consul.Holding} does: knows what a daemon has taken or tries to, and the signs
 * of life it leaves there.
 */
final class Holding {
  private final String nodeId;
  private final Duration quietAfter;
  private String session;
  private boolean live;
  private boolean taken;
  private long signs;

  Holding(String nodeId, Duration quietAfter) {
    this.nodeId = nodeId;
    this.quietAfter = quietAfter;
  }

  Value begin(String of, boolean nowLive) {
    taken = claims(of) && taken;
    session = of;
    live = nowLive;
    return value();
  }

  void end(String of, Acquisition outcome) {
    if (outcome instanceof Acquisition.Acquired) {
      taken |= claims(of);
    } else if (!(outcome instanceof Acquisition.Unreachable) && claims(of) && !taken) {
      session = null;
    }
  }

  void end(String of) {
    if (claims(of)) {
      session = null;
    }
  }

  boolean claims(String of) {
    return of.equals(session);
  }

  boolean taken() {
    return taken;
  }

  Value value() {
    Sign sign = new Sign(session + "/" + ++signs, quietAfter);
    return new Value(nodeId, live, false, Optional.empty(), Optional.of(sign));
  }
}
