package io.kneard.simulation;

import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A neard process: reads its key at its start and on SIGHUP, answers, stops, dies. */
final class Neard extends Actor {
  private static final Optional<String> KEY = Optional.of(Setup.PUBLIC_KEY);
  private static final int KILLED = 137;

  /** Its parent; null if it is started without a fence. */
  final Fence fence;

  final Role role;
  private final List<Runnable> mourners = new ArrayList<>(2);
  private boolean keyLive;
  private boolean answering;
  private boolean killed;
  private int status = KILLED;

  /** For the checker: since when nobody on the host can see or act; -1 if somebody can. */
  long blindSince = -1;

  long blindThisWaySince;

  /**
   * For the checker: for how long nobody could, the last time, and until when. A time in which
   * somebody could, too short to act on what was to be seen, does not begin it anew.
   */
  long blindFor;

  /** For the checker: what was left of the time to act when nobody could anymore. */
  long blindOwed;

  long blindUntil;

  boolean blindBySuspension;

  Neard(World world, Host host, Fence fence, Role role) {
    super(world, host);
    this.fence = fence;
    this.role = role;
  }

  void begin() {
    host.neards.add(this);
    world.checker.starts(this);
    if (host.has(FaultKind.WONT_START)) {
      later(world.setup.stopTime(), () -> exit(1));
      return;
    }
    later(
        slow(world.chance.between(5 * Times.MILLI, 500 * Times.MILLI)),
        () -> {
          world.checker.readsHome(this);
          key(host.keyFile);
          later(slow(world.setup.startTime()), () -> answering = true);
        });
  }

  private long slow(long time) {
    return Math.min(time * world.chance.between(1, 20), host.until(FaultKind.NEARD_SLOW)) + time;
  }

  private void key(boolean live) {
    if (keyLive != live) {
      keyLive = live;
      world.checker.keyMoved(this);
      if (live) {
        world.faults.reached(Point.KEY_IN, host);
      }
    }
  }

  boolean keyLive() {
    return keyLive && !dead();
  }

  boolean listens() {
    return answering && !dead();
  }

  boolean syncing() {
    return host.has(FaultKind.NEARD_BEHIND);
  }

  NeardView view() {
    return new NeardView(
        world.time.now() / Times.SECOND, syncing(), keyLive ? KEY : Optional.empty(), "2");
  }

  void hangUp() {
    long delay = host.has(FaultKind.NEARD_HANGS) ? host.until(FaultKind.NEARD_HANGS) : 0;
    later(delay + slow(world.chance.between(Times.MILLI, 20 * Times.MILLI)), this::reload);
  }

  private void reload() {
    if (!host.has(FaultKind.NEARD_DEAF)) {
      key(host.keyFile);
    }
  }

  void terminate() {
    if (!host.has(FaultKind.NEARD_DEAF)) {
      long delay = host.has(FaultKind.NEARD_HANGS) ? host.until(FaultKind.NEARD_HANGS) : 0;
      later(delay + slow(world.setup.stopTime()), () -> exit(0));
    }
  }

  /** Whether nobody on the host can see or act now, should it have to end. */
  boolean unwatched() {
    return host.suspended() || (fence != null && fence.blind());
  }

  /** SIGKILL: nothing of the process runs after a moment, frozen or not. */
  void kill() {
    if (!killed && !dead()) {
      killed = true;
      long at = world.time.now() + world.setup.killTime();
      world.time.at(at, null, this::die);
    }
  }

  /** Whether it was sent SIGKILL. */
  boolean killed() {
    return killed;
  }

  /** It ends by itself. */
  void exit(int with) {
    status = with;
    die();
  }

  int status() {
    return status;
  }

  void whenDead(Runnable what) {
    if (dead()) {
      what.run();
    } else {
      mourners.add(what);
    }
  }

  @Override
  void died() {
    if (keyLive) {
      world.checker.keyMoved(this);
    }
    mourners.forEach(Runnable::run);
    host.homeMayBeFree();
  }
}
