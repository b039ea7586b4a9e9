package io.kneard.simulation;

/** A process of a host: it can be frozen for a while, and it dies once. */
abstract class Actor {
  final World world;
  final Host host;
  private boolean dead;
  private long frozenUntil;

  Actor(World world, Host host) {
    this.world = world;
    this.host = host;
  }

  /** Does a step after a delay, or later if it is frozen then, or never if it is dead. */
  final void later(long delay, Runnable step) {
    world.time.at(world.time.now() + delay, this, step);
  }

  /** When a step that is due now is done: a time before now if never. */
  final long readyAt(long now) {
    if (dead) {
      return -1;
    }
    if (host.suspended()) {
      return now + host.suspendedFor(); // its timers stood still
    }
    return frozenUntil > now ? frozenUntil + world.chance.between(0, Times.MILLI) : now;
  }

  /** SIGSTOP until a time. */
  void freeze(long until) {
    if (!dead && until > frozenUntil) {
      frozenUntil = until;
      world.time.at(until, null, world.checker::look);
      world.checker.look();
    }
  }

  /** The host stands still for so long, and with it who would let the process go on. */
  final void suspended(long span) {
    if (frozen()) {
      frozenUntil += span;
      world.time.at(frozenUntil, null, world.checker::look);
    }
  }

  final boolean frozen() {
    return frozenUntil > world.time.now();
  }

  final long frozenFor() {
    return Math.max(frozenUntil - world.time.now(), 0);
  }

  /** The end of the last time it was, or is, frozen. */
  final long frozenUntil() {
    return frozenUntil;
  }

  final boolean dead() {
    return dead;
  }

  /** Whether it can do nothing now. */
  final boolean stopped() {
    return dead || frozen() || host.suspended();
  }

  final void die() {
    if (!dead) {
      dead = true;
      died();
    }
  }

  /** What its end means for others; the operating system's doing. */
  abstract void died();
}
