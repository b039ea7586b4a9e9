package io.kneard.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host: what outlives its processes, and what is wrong with it at the moment. */
final class Host {
  final World world;
  final int index;
  final String name;
  final HostClock clock;
  final Link link;
  final List<Neard> neards = new ArrayList<>(4);
  final List<Fence> fences = new ArrayList<>(4);
  private final Optional<ServiceManager> serviceManager;
  private final List<Fence> waiting = new ArrayList<>(2);
  private final Map<FaultKind, Long> until = new EnumMap<>(FaultKind.class);
  private final long[] cutUntil;
  private Fence homeTakenBy;
  private long behindSince;
  private long databaseOpensAt;
  private long suspendedSince;
  private long suspendedUntil;
  private long suspendedInAll;

  /** Whether the key file is in neard's home. */
  boolean keyFile;

  /** The session id kept in the runtime folder; null for none. */
  String sessionFile;

  DaemonProcess daemon;

  /** The number of the planned stop that neard's configuration has, if it still counts. */
  int plannedStop;

  /** For the checker. */
  final Standstills standstills = new Standstills();

  Host(World world, int index, HostClock clock) {
    this.world = world;
    this.index = index;
    this.name = "n" + (index + 1);
    this.clock = clock;
    this.link = new Link(world, this);
    this.cutUntil = new long[world.setup.hosts];
    this.serviceManager =
        world.setup.managed ? Optional.of(new ServiceManager(world, this)) : Optional.empty();
  }

  /** What looks after the daemon; empty if nothing does. */
  Optional<ServiceManager> serviceManager() {
    return serviceManager;
  }

  void startDaemon() {
    daemon =
        world.setup.config == Config.ORIGINAL
            ? new OriginalDaemon(world, this)
            : new Daemon(world, this);
    daemon.begin();
    if (world.setup.config.embedded()) {
      databaseOpensAt = world.time.now() + world.chance.scaled(200 * Times.MILLI, 5 * Times.SECOND);
      world.store.changed();
    }
  }

  long uptime() {
    return clock.uptime(world.time.now());
  }

  /** A short time that a step on this host takes. */
  long latency() {
    return has(FaultKind.SLUGGISH)
        ? world.chance.between(0, 100 * Times.MILLI)
        : world.chance.between(10 * Times.MICRO, 200 * Times.MICRO);
  }

  void suffer(FaultKind kind, long end) {
    if (kind == FaultKind.NEARD_BEHIND && !has(kind)) {
      behindSince = uptime();
    }
    until.merge(kind, end, Math::max);
  }

  boolean has(FaultKind kind) {
    Long end = until.get(kind);
    return end != null && end > world.time.now();
  }

  /** What it sends to that one is lost from now on. */
  void cutFrom(Host to, long end) {
    cutUntil[to.index] = Math.max(cutUntil[to.index], end);
  }

  boolean isCutFrom(Host to) {
    return cutUntil[to.index] > world.time.now();
  }

  /** How much longer it suffers. */
  long until(FaultKind kind) {
    return has(kind) ? until.get(kind) - world.time.now() : 0;
  }

  /** For how long, as far as the host can know, neard has not been in sync. */
  long behindFor() {
    return has(FaultKind.NEARD_BEHIND) ? uptime() - behindSince : 0;
  }

  /** Who accepts connections to neard's address; null if nobody does. */
  Neard listening() {
    for (Neard neard : neards) {
      if (neard.listens()) {
        return neard;
      }
    }
    return null;
  }

  /** Until when it is suspended, or was the last time. */
  long suspendedUntil() {
    return suspendedUntil;
  }

  /** Whether its daemon has its cluster's database open: some time after its start. */
  boolean databaseIsOpen() {
    return world.time.now() >= databaseOpensAt && !has(FaultKind.AGENT_DOWN);
  }

  boolean suspended() {
    return suspendedUntil > world.time.now();
  }

  long suspendedFor() {
    return suspendedUntil - suspendedSince;
  }

  long suspendedInAll() {
    return suspendedInAll;
  }

  void suspend(long end) {
    if (!suspended()) {
      suspendedSince = world.time.now();
      suspendedUntil = end;
      suspendedInAll += suspendedFor();
      if (daemon != null) {
        daemon.suspended(suspendedFor());
      }
      fences.forEach(fence -> fence.suspended(suspendedFor()));
      neards.forEach(neard -> neard.suspended(suspendedFor()));
      world.checker.look();
      world.time.at(end, null, this::resumed);
    }
  }

  private void resumed() {
    world.checker.look();
    world.store.changed();
    fences.forEach(Fence::looksSoon);
  }

  /** Sets the wall clock. */
  void setWall(long millis) {
    clock.setWall(millis);
    fences.forEach(Fence::looksSoon);
  }

  /** The lock file in neard's home. */
  boolean takeHome(Fence fence) {
    if (homeTaken() && world.measures.fenceWaitsForTheHome()) {
      if (!waiting.contains(fence)) {
        waiting.add(fence);
      }
      return false;
    }
    homeTakenBy = fence;
    return true;
  }

  private boolean homeTaken() {
    return homeTakenBy != null && lives(homeTakenBy);
  }

  private static boolean lives(Fence fence) {
    return !fence.dead() || (fence.neard() != null && !fence.neard().dead());
  }

  void homeMayBeFree() {
    neards.removeIf(Neard::dead);
    fences.removeIf(fence -> !lives(fence));
    if (!waiting.isEmpty() && !homeTaken()) {
      List<Fence> next = List.copyOf(waiting);
      waiting.clear();
      next.forEach(fence -> fence.later(latency(), fence::takeLock));
    }
  }

  /** Power is lost: everything ends at once, and the runtime folder with it. */
  void loseEverything() {
    sessionFile = null;
    behindSince = 0; // its uptime begins anew
    stopEverything();
  }

  /** Every process ends at once. */
  void stopEverything() {
    DaemonProcess lost = daemon;
    daemon = null;
    if (lost != null) {
      lost.die();
    }
    for (Neard neard : List.copyOf(neards)) {
      neard.exit(-1);
    }
    for (Fence fence : List.copyOf(fences)) {
      fence.die();
    }
  }
}
