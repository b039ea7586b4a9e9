package io.kneard.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Hosts to be shown. */
final class Views {
  private Views() {}

  /** A host that signs, and of which everything is known. */
  static HostView signing() {
    return new HostView(
        "Validating",
        1.5,
        12_345_678,
        false,
        new HostView.Lock(true, OptionalLong.of(7), Optional.of(true)),
        new HostView.Key(true, true, OptionalDouble.of(20.25), 24.5),
        new HostView.Neard(
            1,
            Optional.of(new HostView.Answer(123_456_789, false)),
            Optional.of(new Duties(share(9, 10), share(30, 40)))),
        Optional.of(new HostView.Cluster("online", OptionalDouble.of(1.8e9))));
  }

  /** A host that has just started. */
  static HostView starting() {
    return new HostView(
        "Startup",
        0,
        0,
        false,
        new HostView.Lock(false, OptionalLong.empty(), Optional.empty()),
        new HostView.Key(false, false, OptionalDouble.empty(), 24.5),
        new HostView.Neard(0, Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  static HostView withDuties(Duties duties) {
    HostView host = signing();
    return new HostView(
        host.state(),
        host.stateSeconds(),
        host.uptimeMillis(),
        host.paused(),
        host.lock(),
        host.key(),
        new HostView.Neard(1, host.neard().answer(), Optional.of(duties)),
        host.cluster());
  }

  static Duties.Share share(double produced, double expected) {
    return new Duties.Share(OptionalDouble.of(produced), OptionalDouble.of(expected));
  }
}
