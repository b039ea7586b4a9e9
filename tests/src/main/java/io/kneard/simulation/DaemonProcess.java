package io.kneard.simulation;

import io.kneard.supervisor.Event;

/** A daemon of either kind. */
abstract class DaemonProcess extends Actor {
  DaemonProcess(World world, Host host) {
    super(world, host);
  }

  abstract void begin();

  /** The operator wants something. */
  abstract void ask(Event wish);
}
