package io.kneard.simulation;

import io.kneard.supervisor.Event;

/** A daemon of either kind. */
abstract class DaemonProcess extends Actor {
  DaemonProcess(World world, Host host) {
    super(world, host);
  }

  abstract void begin();

  /** Another host says that the lock has changed. */
  void lookAtTheLock() {}

  @Override
  final void freeze(long until) {
    super.freeze(until);
    host.serviceManager().ifPresent(systemd -> systemd.frozen(this));
  }

  @Override
  final void died() {
    vanished();
    world.store.changed();
    host.serviceManager().ifPresent(systemd -> systemd.ended(this));
  }

  /** What its end means for its neard. */
  abstract void vanished();

  /** The operator wants something. */
  abstract void ask(Event wish);
}
