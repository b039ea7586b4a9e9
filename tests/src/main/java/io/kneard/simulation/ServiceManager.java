package io.kneard.simulation;

import java.util.List;

/**
 * What systemd does for a host with the unit that ships: a daemon that is not heard of is killed
 * ({@code WatchdogSec}, then {@code TimeoutAbortSec}), and what is left of the service when its
 * daemon has ended is killed at once.
 */
final class ServiceManager {
  private static final long WATCHDOG = 10 * Times.SECOND;
  private static final long ABORT = 5 * Times.SECOND;
  private static final long RESTART = 2 * Times.SECOND;

  /** The longest time between two signs that the daemon's loop turns: a third, and a turn. */
  private static final long FED = WATCHDOG / 3 + Times.SECOND;

  /** A daemon that does not run lives for no longer. */
  static final long PATIENCE = WATCHDOG + ABORT;

  private final World world;
  private final Host host;

  ServiceManager(World world, Host host) {
    this.world = world;
    this.host = host;
  }

  /** A daemon is frozen from now on. */
  void frozen(DaemonProcess daemon) {
    later(
        WATCHDOG - world.chance.between(0, FED),
        () -> {
          if (daemon.frozen()) {
            later(Math.min(ABORT, daemon.frozenFor()), () -> end(daemon));
          }
        });
  }

  private void end(DaemonProcess daemon) {
    if (!daemon.dead()) {
      if (world.tracing()) {
        world.say(host, "the service manager ends the daemon, which is not heard of");
      }
      daemon.die();
      world.checker.look();
      world.restart(host, RESTART);
    }
  }

  /** A daemon has ended. */
  void ended(DaemonProcess daemon) {
    later(
        world.chance.scaled(Times.MILLI, 50 * Times.MILLI),
        () -> {
          for (Fence fence : List.copyOf(host.fences)) {
            if (fence.owner == daemon) {
              fence.die();
              if (fence.neard() != null) {
                fence.neard().kill();
              }
            }
          }
        });
  }

  /** Its time stands still while the host does. */
  private void later(long delay, Runnable what) {
    at((host.suspended() ? host.suspendedUntil() : world.time.now()) + delay, what);
  }

  private void at(long due, Runnable what) {
    world.time.at(
        due,
        null,
        () -> {
          if (host.suspended()) {
            at(due + host.suspendedFor(), what);
          } else {
            what.run();
          }
        });
  }
}
